import type { Warning } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import type { LostMember, Run, Target } from "../engine/index.ts";
import type { LossName, Model } from "../model/index.ts";
import { initializationWarnings } from "../scheme/index.ts";
import { type Baseline, baselineOf } from "./baseline.ts";
import { bornDead } from "./born-dead.ts";
import { columnsOf, type RunColumns } from "./columns.ts";
import { flatParameters } from "./flat-parameters.ts";
import { type LayerFigures, type LayerQuartiles, layerFiguresOf, layerQuartiles } from "./layer-figures.ts";
import { endOf } from "./learning-rates.ts";
import type { Contender, Grid, Place } from "./members.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import type { Plan, StudyPlan } from "./plan.ts";
import { startWarnings } from "./start-warnings.ts";
import { bestCell, type Cell, cellOf, type Outcome, outcomeOf, workingRates } from "./summary.ts";
import { targetWarnings } from "./target.ts";

/** A finished run in its place. */
export interface StudyRun {
  /** Its initialization's id. */
  readonly initialization: string;
  readonly learningRate: number;
  readonly seed: number;
  readonly outcome: Outcome;
  readonly columns: RunColumns;
  /** By path. Absent where the run comes from the file of a complete study, which has only quartiles. */
  readonly layers?: Readonly<Record<string, LayerFigures>>;
  /** All parameters after the last update, in path order; absent in networks of more than 2,000. */
  readonly parameters?: Float32Array;
}

export interface ComparedInitialization {
  readonly id: string;
  readonly initializer: Contender["initializer"];
  /** One a learning rate at which there are runs. */
  readonly cells: readonly Cell[];
  /** The best cell; `null` where there is no run. */
  readonly best: Cell | null;
  /** At which end of the rates tried the best one lies: a better one may lie beyond. `null` inside, or where none reached. */
  readonly bestAtEnd: "lowest" | "highest" | "only" | null;
  readonly workingRates: readonly [low: number, high: number] | null;
}

/** The result of a comparison. */
export interface Study extends StudyPlan {
  readonly warnings: readonly Warning[];
  readonly initializations: readonly ComparedInitialization[];
  readonly pairs: readonly Pair[];
  readonly runs: readonly StudyRun[];
  /** Of the initializations and rates of which every run has its layers' figures. */
  readonly layers: readonly LayerQuartiles[];
  /** Whether every run is there. */
  readonly complete: boolean;
  /** Members that were lost with their worker, in words. */
  readonly lost: readonly string[];
  readonly elapsedMs: number;
}

/** What a run's outcome needs to know of its training data. */
export interface RunData {
  readonly baseline: Baseline;
  readonly count: number;
}

export const runDataOf = (data: Dataset, loss: LossName): RunData => ({
  baseline: baselineOf(data, loss),
  count: data.train.count,
});

/** Where a run belongs in a study. */
export type RunPlace = Pick<StudyRun, "initialization" | "learningRate" | "seed">;

export const describePlace = ({ contenders, learningRates }: Grid, place: Place): RunPlace => ({
  initialization: contenders[place.contender]!.id,
  learningRate: learningRates[place.rate]!,
  seed: place.seed,
});

/** What a study keeps of a run, of the data that it was trained on. */
export const studyRun = (
  { model, engine, target, training, logSteps, layerSteps }: StudyPlan,
  place: RunPlace,
  run: Run,
  { baseline, count }: RunData,
): StudyRun => {
  const parameters = flatParameters(model, run.parameters);
  return {
    ...place,
    outcome: outcomeOf(run, { model, engine, target, training, baseline, count }),
    columns: columnsOf(run, training.logSteps, logSteps),
    layers: layerFiguresOf(run, training.logSteps, layerSteps),
    ...(parameters === null ? {} : { parameters }),
  };
};

export const keyOf = ({ initialization, learningRate, seed }: RunPlace): string =>
  JSON.stringify([initialization, learningRate, seed]);

export const lostText = ({ initialization, learningRate, seed }: RunPlace, { reason }: LostMember): string =>
  `${initialization} at learning rate ${learningRate}, seed ${seed}: ${reason}`;

/** The study of the runs that are there, by `keyOf`. */
export const studyOf = (
  plan: Plan,
  results: ReadonlyMap<string, StudyRun>,
  { complete, lost, elapsedMs }: Pick<Study, "complete" | "lost" | "elapsedMs">,
): Study => {
  const { grid: _, ...said } = plan;
  const { target } = said;
  const summary = summarize(frameOf(plan), results.values());
  return {
    ...said,
    ...summary,
    warnings: [
      ...(plan.data.table?.warnings ?? []),
      ...targetWarnings(target, said.training.loss, said.baseline),
      ...plan.contenders.flatMap(({ spec, id }) =>
        [
          ...initializationWarnings(plan.model, spec),
          ...startWarnings(plan, summary.initializations.find((one) => one.id === id)?.cells[0]),
        ].map((warning) => ({ ...warning, message: `${id}: ${warning.message}` })),
      ),
    ],
    layers: layerQuartiles(summary.runs),
    complete,
    lost,
    elapsedMs,
  };
};

/** By initialization, rate and seed; a run that stands for every seed is there under each. */
const allRuns = (
  { contenders, learningRates, seed, seeds, shuffles }: Grid,
  trained: Iterable<StudyRun>,
): StudyRun[] => {
  const results = new Map(Array.from(trained, (run) => [keyOf(run), run] as const));
  return contenders.flatMap(({ id, random }) =>
    learningRates.flatMap((learningRate) =>
      Array.from({ length: seeds }, (_, k) => {
        const own = { initialization: id, learningRate, seed: seed + k };
        const trained = random || shuffles ? own : { ...own, seed };
        const found = results.get(keyOf(trained));
        return found === undefined ? [] : [{ ...found, ...own }];
      }).flat(),
    ),
  );
};

/** What a summary needs to know of a study beside its runs. */
export interface SummaryFrame {
  readonly grid: Grid;
  readonly model: Model;
  readonly classifies: boolean;
  readonly target: Target;
  /** `null` where it is not known. */
  readonly baseline: Baseline | null;
}

export const frameOf = ({ grid, model, training, target, baseline }: Plan): SummaryFrame => ({
  grid,
  model,
  classifies: training.loss !== "mse",
  target,
  baseline,
});

/** Cells, best rates, working ranges, pairs, and every run in its order, of the runs that were trained. */
export const summarize = (
  { grid, model, classifies, target, baseline }: SummaryFrame,
  trained: Iterable<StudyRun>,
): Pick<Study, "initializations" | "pairs" | "runs"> => {
  const runs = allRuns(grid, trained);
  const initializations = grid.contenders.map(({ id, spec, initializer, random }): ComparedInitialization => {
    const expectedDead = bornDead(model, spec);
    const cells = grid.learningRates.flatMap((learningRate) => {
      const own = runs.filter((run) => run.initialization === id && run.learningRate === learningRate);
      if (own.length === 0) return [];
      const distinct = random || grid.shuffles ? own.length : 1;
      const outcomes = own.map(({ outcome }) => outcome);
      return [
        cellOf(learningRate, outcomes, { distinct, target, model, classifies, baseline, expectedDead }),
      ];
    });
    const best = cells.length === 0 ? null : bestCell(cells);
    return {
      id,
      initializer,
      cells,
      best,
      bestAtEnd: best === null || best.reached.count === 0 ? null : endOf(cells, best),
      workingRates: workingRates(cells),
    };
  });
  const compared = initializations.flatMap(({ id, best }, i) =>
    best === null ? [] : [{ id, best, isOne: !grid.contenders[i]!.random && !grid.shuffles }],
  );
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
    compared.map(({ id, best, isOne }, i) => ({
      id,
      learningRate: best.learningRate,
      resolution: best.resolution,
      isOne,
      steps: shared.map((seed) => stepsBySeed[i]!.get(seed)!),
    })),
  );
  return { initializations, pairs: shared.length === 0 ? [] : pairs, runs };
};
