import { type Cancellation, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import { runEnsemble } from "../engine/index.ts";
import type { Model } from "../model/index.ts";
import { type Drawing, drawingOf } from "./drawing.ts";
import { nextRate } from "./learning-rates.ts";
import { type Place, placesOf } from "./members.ts";
import { PLAN_OPTIONS, type Plan, type PlanOptions, planOf, type StudyPlan } from "./plan.ts";
import { checkInteger, SIGNAL } from "./setup.ts";
import { frameOf, type Study, studyOf, summarize } from "./study.ts";
import { describePlace, keyOf, lostText, runDataOf, type StudyRun, studyRun } from "./study-run.ts";

export interface CompareOptions extends PlanOptions {
  /** Worker threads; one per core by default, 0 runs in this thread. */
  readonly workers?: number;
  readonly signal?: Cancellation;
  readonly onProgress?: (progress: CompareProgress) => void;
  /** Runs of an earlier, interrupted comparison: they are not trained again. */
  readonly previous?: readonly StudyRun[];
  /** Data of each seed, drawn again, in place of one data set for all. */
  readonly resample?: (seed: number) => Dataset | Promise<Dataset>;
}

const COMPARE_OPTIONS: KindsOf<CompareOptions> = {
  ...PLAN_OPTIONS,
  workers: KIND.number,
  signal: SIGNAL,
  onProgress: KIND.function,
  previous: KIND.list,
  resample: KIND.function,
};

export interface CompareProgress {
  readonly runs: number;
  readonly ofRuns: number;
  /** Updates done and to do, over all runs. */
  readonly steps: number;
  readonly ofSteps: number;
}

/** A comparison under way: await it for the study, or iterate over its runs as they finish. */
export interface Comparison extends Promise<Study>, AsyncIterable<StudyRun> {
  /** With the learning rates that are tried by now. */
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
  optionsOf("compare", options, COMPARE_OPTIONS);
  if (options.workers !== undefined) checkInteger("workers", options.workers, 0);
  const begun = planOf(model, data, options, options.resample !== undefined);
  const arrived: StudyRun[] = [];
  let over = false;
  let wake: () => void = () => {};
  let plan: StudyPlan = begun;
  const drawing = drawingOf(begun, options.signal);
  const study = execute(begun, drawing, options, {
    onRun(run) {
      arrived.push(run);
      wake();
    },
    onPlan(now) {
      plan = now;
    },
  }).finally(() => {
    drawing.end();
    over = true;
    wake();
  });
  // Who only iterates hears of a failure from the iterator.
  study.catch(() => {});
  return {
    get plan() {
      return plan;
    },
    // biome-ignore lint/suspicious/noThenProperty: a comparison is awaited for its study
    then: (resolved, rejected) => study.then(resolved, rejected),
    catch: (rejected) => study.catch(rejected),
    finally: (settled) => study.finally(settled),
    [Symbol.toStringTag]: "Comparison",
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

/**
 * What `compare` would do with the same arguments, everything said and checked. Nothing is trained.
 *
 * ```ts
 * const plan = comparisonPlan(mlp([2, 4, 1]), circles(), { initializations: ["xavier"], seeds: 2 });
 * plan.contenders[0].initializer; // { name: "glorotNormal" }
 * plan.learningRates; // [0.01, 0.03, 0.1, 0.3]
 * ```
 */
export const comparisonPlan = (model: Model, data: Dataset, options: CompareOptions = {}): StudyPlan => {
  optionsOf("comparisonPlan", options, COMPARE_OPTIONS);
  return planOf(model, data, options, options.resample !== undefined);
};

const execute = async (
  first: Plan,
  drawing: Drawing,
  { signal, workers, onProgress, previous = [], resample }: CompareOptions,
  {
    onRun: arrive,
    onPlan,
  }: { readonly onRun: (run: StudyRun) => void; readonly onPlan: (plan: Plan) => void },
): Promise<Study> => {
  const { model, data, training, engine, rateSearch } = first;
  const began = performance.now();
  const known = new Map(previous.map((run) => [keyOf(run), run] as const));
  const results = new Map<string, StudyRun>();
  const lost: string[] = [];
  let plan = first;
  /** Of each initialization the rates that are tried. */
  let rates: readonly (readonly number[])[] = first.contenders.map(() => first.learningRates);
  let before = 0;

  /** Trains what is missing of the plan; returns its places. */
  const train = async (): Promise<readonly Place[]> => {
    const { grid } = plan;
    const places = placesOf(grid).filter(({ contender, rate }) =>
      rates[contender]!.includes(grid.learningRates[rate]!),
    );
    const described = (place: Place) => describePlace(grid, place);
    const keep = (run: StudyRun): void => {
      results.set(keyOf(run), run);
      arrive(run);
    };
    const there = (place: Place): boolean => results.has(keyOf(described(place)));
    for (const place of places) {
      const run = known.get(keyOf(described(place)));
      if (run !== undefined && !there(place)) keep(run);
    }
    const missing = places.filter((place) => !there(place));
    const ofSteps = before + missing.length * training.steps;
    for (const places of resample === undefined ? [missing] : bySeed(missing)) {
      if (places.length === 0 || signal?.aborted === true) break;
      const own = resample === undefined ? data : await resample(places[0]!.seed);
      const about = runDataOf(own, training.loss);
      const result = await runEnsemble(
        {
          engine,
          model,
          data: own,
          training,
          count: places.length,
          member: (index) => drawing.member(grid, places[index]!),
        },
        {
          workers,
          signal,
          onRun: (index, run) => keep(studyRun(plan, described(places[index]!), run, about)),
          onProgress: (steps) =>
            onProgress?.({
              runs: results.size,
              ofRuns: results.size + missing.length,
              steps: before + steps,
              ofSteps,
            }),
        },
      );
      before += places.length * training.steps;
      lost.push(...result.lost.map((one) => lostText(described(places[one.index]!), one)));
    }
    onProgress?.({ runs: results.size, ofRuns: places.length, steps: before, ofSteps });
    return places;
  };

  let complete = false;
  for (;;) {
    const places = await train();
    if (results.size === 0 && lost.length > 0) {
      throw new Error(`compare: every run was lost; the first, ${lost[0]}`);
    }
    complete = results.size === places.length;
    if (!complete || rateSearch === null) break;
    const { initializations } = summarize(frameOf(plan), results.values());
    const more = rates.map((tried, i) => {
      const next = nextRate(initializations[i]!.cells, rateSearch);
      return next === null ? tried : [...tried, next];
    });
    if (more.every((tried, i) => tried === rates[i])) break;
    rates = more;
    const learningRates = [...new Set(rates.flat())].sort((a, b) => a - b);
    plan = { ...plan, learningRates, grid: { ...plan.grid, learningRates } };
    onPlan(plan);
  }
  return studyOf(plan, results, { complete, lost, elapsedMs: performance.now() - began });
};

const bySeed = (places: readonly Place[]): Place[][] => {
  const groups = new Map<number, Place[]>();
  for (const place of places) groups.set(place.seed, [...(groups.get(place.seed) ?? []), place]);
  return [...groups.values()];
};
