import { InputError, type Warning } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import { type EngineName, type LostMember, runEnsemble, type Training } from "../engine/index.ts";
import type { InitializerSpec } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { checkSeed } from "../random/index.ts";
import { type Generator, initializationWarnings } from "../scheme/index.ts";
import { columnsOf, type RunColumns, thinned } from "./columns.ts";
import { type Contender, contendersOf, type Grid, memberOf, type Place, placesOf } from "./members.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import { checkFit, checkInteger, checkRate, engineFor, type TrainingOptions, trainingFor } from "./setup.ts";
import {
  bestCell,
  type Cell,
  cellOf,
  largestShare,
  type Outcome,
  outcomeOf,
  workingRates,
} from "./summary.ts";
import { checkTarget, defaultTarget, type Target } from "./target.ts";

/** What a comparison with nothing said compares, and at which rates. */
export const DEFAULT_INITIALIZATIONS = ["zeros", "random", "random:10", "he"] as const;
export const DEFAULT_LEARNING_RATES = [0.01, 0.03, 0.1, 0.3] as const;

export interface CompareOptions extends TrainingOptions {
  readonly initializations?: readonly InitializerSpec[];
  readonly learningRates?: readonly number[];
  /** Number of seeds: seed, seed + 1, …. */
  readonly seeds?: number;
  readonly seed?: number;
  readonly generator?: Generator;
  readonly target?: Target;
  /** Whether one seed sends the same uniforms through every initialization's quantile function. */
  readonly paired?: boolean;
  /** Worker threads; one a core unless said, 0 runs in this thread. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CompareProgress) => void;
  /** Runs of an earlier, interrupted comparison: they are not trained again. */
  readonly previous?: readonly StudyRun[];
  /** Data of each seed, drawn anew, in place of one data set for all. */
  readonly resample?: (seed: number) => Dataset;
}

export interface CompareProgress {
  readonly runs: number;
  readonly ofRuns: number;
  /** Updates done and to do, over all runs. */
  readonly steps: number;
  readonly ofSteps: number;
}

/** A finished run in its place. */
export interface StudyRun {
  /** Its initialization's id. */
  readonly initialization: string;
  readonly learningRate: number;
  readonly seed: number;
  readonly outcome: Outcome;
  readonly columns: RunColumns;
}

export interface ComparedInitialization {
  readonly id: string;
  readonly initializer: Contender["initializer"];
  /** One a learning rate at which there are runs. */
  readonly cells: readonly Cell[];
  /** The best cell; `null` where there is no run. */
  readonly best: Cell | null;
  readonly workingRates: readonly [low: number, high: number] | null;
}

/** What a comparison is to do, everything said. */
export interface StudyPlan {
  readonly contenders: readonly Contender[];
  readonly model: Model;
  readonly data: Dataset;
  readonly training: Training;
  readonly engine: EngineName;
  readonly generator: Generator;
  readonly paired: boolean;
  readonly target: Target;
  readonly learningRates: readonly number[];
  readonly seed: number;
  readonly seeds: number;
  /** Whether every seed has data of its own. */
  readonly resampled: boolean;
  /** Log points that the columns keep: all, or 128 of them. */
  readonly logSteps: readonly number[];
}

/** The result of a comparison. */
export interface Study extends StudyPlan {
  readonly warnings: readonly Warning[];
  readonly initializations: readonly ComparedInitialization[];
  readonly pairs: readonly Pair[];
  readonly runs: readonly StudyRun[];
  /** Whether every run is there. */
  readonly complete: boolean;
  /** Members that were lost with their worker, in words. */
  readonly lost: readonly string[];
  readonly elapsedMs: number;
}

/** A comparison under way: await it for the study, or iterate over its runs as they finish. */
export interface Comparison extends PromiseLike<Study>, AsyncIterable<StudyRun> {
  readonly plan: StudyPlan;
}

/**
 * Trains the model under several initializations, at several learning rates and over many seeds, on
 * worker threads, and says how they compare. Every initialization of one seed is drawn from the same
 * uniforms, each through its own quantile function. Cancelled by its signal, it resolves with the
 * runs that are done and `complete: false`.
 *
 * ```ts
 * const study = await compare(mlp([2, 4, 1]), circles(), { initializations: ["zeros", "he"], seeds: 2, steps: 10, workers: 0 });
 * study.initializations[0].cells[0].reached.count; // 0
 * study.runs.length; // 16
 * ```
 */
export const compare = (model: Model, data: Dataset, options: CompareOptions = {}): Comparison => {
  const plan = planOf(model, data, options);
  const arrived: StudyRun[] = [];
  let over = false;
  let wake: () => void = () => {};
  const study = execute(plan, options, (run) => {
    arrived.push(run);
    wake();
  }).finally(() => {
    over = true;
    wake();
  });
  // Who only iterates hears of a failure from the iterator.
  study.catch(() => {});
  return {
    plan,
    // biome-ignore lint/suspicious/noThenProperty: a comparison is awaited for its study
    then: (resolved, rejected) => study.then(resolved, rejected),
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; next++) {
        while (next === arrived.length) {
          if (over) {
            await study;
            return;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        yield arrived[next]!;
      }
    },
  };
};

interface Plan extends StudyPlan {
  readonly grid: Grid;
}

/** Everything said and checked, before anything is trained. */
const planOf = (model: Model, data: Dataset, options: CompareOptions): Plan => {
  checkFit(model, data);
  const { generator = "stepzero", paired = true, seed = 0, seeds = 50 } = options;
  checkSeed("compare", seed);
  checkInteger("seeds", seeds, 1);
  checkSeed("compare", seed + seeds - 1);
  if (options.workers !== undefined) checkInteger("workers", options.workers, 0);
  const learningRates = [...(options.learningRates ?? DEFAULT_LEARNING_RATES)];
  if (learningRates.length === 0) throw new InputError("learningRates", "expected at least one, got none");
  learningRates.forEach(checkRate);
  if (new Set(learningRates).size < learningRates.length) {
    throw new InputError("learningRates", `expected different rates, got ${learningRates.join(", ")}`);
  }
  const training = trainingFor(model, data, {
    ...options,
    steps: options.steps ?? (options.epochs === undefined ? 15_000 : undefined),
  } as TrainingOptions);
  const contenders = contendersOf(model, options.initializations ?? DEFAULT_INITIALIZATIONS);
  const target = checkTarget(options.target ?? defaultTarget(data));
  if (target.metric === "accuracy" && data.task === "regression") {
    throw new InputError("target", "expected a loss for regression, got an accuracy", "Write loss=0.1.");
  }
  const resampled = options.resample !== undefined;
  const shuffles = training.batch !== null || resampled;
  return {
    contenders,
    resampled,
    logSteps: thinned(training.logSteps),
    model,
    data,
    training,
    engine: engineFor(options.engine, generator),
    generator,
    paired,
    target,
    learningRates,
    seed,
    seeds,
    grid: { contenders, learningRates, seed, seeds, shuffles },
  };
};

const execute = async (
  plan: Plan,
  { signal, workers, onProgress, previous = [], resample }: CompareOptions,
  arrive: (run: StudyRun) => void,
): Promise<Study> => {
  const { grid, ...said } = plan;
  const { model, data, training, engine, generator, paired, contenders, learningRates, target } = said;
  const began = performance.now();
  const known = new Map(previous.map((run) => [keyOf(run), run] as const));
  const places = placesOf(grid);
  const described = (place: Place) => ({
    initialization: contenders[place.contender]!.id,
    learningRate: learningRates[place.rate]!,
    seed: place.seed,
  });
  const missing = places.filter((place) => !known.has(keyOf(described(place))));
  const results = new Map<string, StudyRun>();
  const keep = (run: StudyRun): void => {
    results.set(keyOf(run), run);
    arrive(run);
  };
  for (const place of places) {
    const run = known.get(keyOf(described(place)));
    if (run !== undefined) keep(run);
  }
  const ofSteps = missing.length * training.steps;
  const lost: string[] = [];
  let before = 0;
  for (const places of resample === undefined ? [missing] : bySeed(missing)) {
    if (places.length === 0 || signal?.aborted === true) break;
    const own = resample === undefined ? data : resample(places[0]!.seed);
    const share = largestShare(own);
    const result = await runEnsemble(
      {
        engine,
        model,
        data: own,
        training,
        count: places.length,
        member: (index) => memberOf(model, grid, places[index]!, generator, paired),
      },
      {
        workers,
        signal,
        onRun: (index, run) =>
          keep({
            ...described(places[index]!),
            outcome: outcomeOf(run, model, engine, target, training.logSteps, share),
            columns: columnsOf(run, training.logSteps, plan.logSteps),
          }),
        onProgress: (steps) =>
          onProgress?.({ runs: results.size, ofRuns: placesOf(grid).length, steps: before + steps, ofSteps }),
      },
    );
    before += places.length * training.steps;
    lost.push(...result.lost.map((one) => loss(described(places[one.index]!), one)));
  }
  onProgress?.({ runs: results.size, ofRuns: places.length, steps: before, ofSteps });
  const runs = allRuns(grid, results);
  return {
    ...said,
    ...summarize(plan, runs),
    warnings: contenders.flatMap(({ spec, id }) =>
      initializationWarnings(model, spec).map((warning) => ({
        ...warning,
        message: `${id}: ${warning.message}`,
      })),
    ),
    runs,
    complete: results.size === places.length,
    lost,
    elapsedMs: performance.now() - began,
  };
};

const keyOf = ({
  initialization,
  learningRate,
  seed,
}: Pick<StudyRun, "initialization" | "learningRate" | "seed">): string =>
  JSON.stringify([initialization, learningRate, seed]);

const loss = (
  { initialization, learningRate, seed }: Pick<StudyRun, "initialization" | "learningRate" | "seed">,
  { reason }: LostMember,
): string => `${initialization} at learning rate ${learningRate}, seed ${seed}: ${reason}`;

/** By initialization, rate and seed; a run that stands for every seed is there under each. */
const allRuns = (
  { contenders, learningRates, seed, seeds, shuffles }: Grid,
  results: Map<string, StudyRun>,
) =>
  contenders.flatMap(({ id, random }) =>
    learningRates.flatMap((learningRate) =>
      Array.from({ length: seeds }, (_, k) => {
        const own = { initialization: id, learningRate, seed: seed + k };
        const trained = random || shuffles ? own : { ...own, seed };
        const found = results.get(keyOf(trained));
        return found === undefined ? [] : [{ ...found, ...own }];
      }).flat(),
    ),
  );

const bySeed = (places: readonly Place[]): Place[][] => {
  const groups = new Map<number, Place[]>();
  for (const place of places) groups.set(place.seed, [...(groups.get(place.seed) ?? []), place]);
  return [...groups.values()];
};

/** Cells, best rates, working ranges and pairs of runs. */
const summarize = (
  { grid, model, data, target }: Plan,
  runs: readonly StudyRun[],
): Pick<Study, "initializations" | "pairs"> => {
  const classifies = data.task !== "regression";
  const initializations = grid.contenders.map(({ id, initializer, random }): ComparedInitialization => {
    const cells = grid.learningRates.flatMap((learningRate) => {
      const own = runs.filter((run) => run.initialization === id && run.learningRate === learningRate);
      if (own.length === 0) return [];
      const distinct = random || grid.shuffles ? own.length : 1;
      const outcomes = own.map(({ outcome }) => outcome);
      return [cellOf(learningRate, outcomes, distinct, target, model, classifies)];
    });
    return {
      id,
      initializer,
      cells,
      best: cells.length === 0 ? null : bestCell(cells),
      workingRates: workingRates(cells),
    };
  });
  const compared = initializations.flatMap(({ id, best }) => (best === null ? [] : [{ id, best }]));
  const stepsBySeed = compared.map(
    ({ id, best }) =>
      new Map(
        runs
          .filter((run) => run.initialization === id && run.learningRate === best.learningRate)
          .map(({ seed, outcome }) => [seed, outcome.stepsToTarget] as const),
      ),
  );
  // Of an interrupted comparison only seeds that every initialization has finished are compared.
  const shared = [...(stepsBySeed[0]?.keys() ?? [])].filter((seed) =>
    stepsBySeed.every((steps) => steps.has(seed)),
  );
  const pairs = pairsOf(
    compared.map(({ id, best }, i) => ({
      id,
      learningRate: best.learningRate,
      steps: shared.map((seed) => stepsBySeed[i]!.get(seed)!),
    })),
  );
  return { initializations, pairs: shared.length === 0 ? [] : pairs };
};
