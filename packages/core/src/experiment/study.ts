import type { Warning } from "../base/index.ts";
import type { Target } from "../engine/index.ts";
import type { Model } from "../model/index.ts";
import { optimizer } from "../optimizer/index.ts";
import { initializationWarnings, rateWarnings } from "../scheme/index.ts";
import type { Baseline } from "./baseline.ts";
import { bornDead } from "./born-dead.ts";
import { inputSquareOf } from "./input-square.ts";
import { type LayerQuartiles, layerQuartiles } from "./layer-figures.ts";
import { endOf } from "./learning-rates.ts";
import type { Contender, Grid } from "./members.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import type { Plan, StudyPlan } from "./plan.ts";
import { startWarnings } from "./start-warnings.ts";
import { keyOf, type StudyRun } from "./study-run.ts";
import { bestCell, type Cell, cellOf, workingRates } from "./summary.ts";
import { targetWarnings } from "./target.ts";

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

/** The study of the runs that are there, by `keyOf`. */
export const studyOf = (
  plan: Plan,
  results: ReadonlyMap<string, StudyRun>,
  { complete, lost, elapsedMs }: Pick<Study, "complete" | "lost" | "elapsedMs">,
): Study => {
  const { grid: _, ...said } = plan;
  const { target } = said;
  const inputSquare = inputSquareOf(plan.data);
  const scale = inputSquare === undefined ? {} : { inputSquare };
  const summary = summarize(frameOf(plan), results.values());
  return {
    ...said,
    ...summary,
    warnings: [
      ...(plan.data.table?.warnings ?? []),
      ...targetWarnings(target, said.training.loss, said.baseline),
      ...plan.contenders.flatMap(({ spec, id }) =>
        [
          ...initializationWarnings(plan.model, spec, scale),
          ...rateWarnings(plan.model, spec, {
            family: optimizer(plan.training.optimizer).family,
            name: plan.training.optimizer.name,
          }),
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
