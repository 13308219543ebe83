import type { Dataset } from "../data/index.ts";
import type { LostMember, Run } from "../engine/index.ts";
import type { LossName } from "../model/index.ts";
import { type Baseline, baselineOf } from "./baseline.ts";
import { columnsOf, type RunColumns } from "./columns.ts";
import { flatParameters } from "./flat-parameters.ts";
import { type LayerFigures, layerFiguresOf } from "./layer-figures.ts";
import type { Grid, Place } from "./members.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { StudyPlan } from "./plan.ts";

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
  /** All parameters after the last update, in path order; absent in networks of more than 2,000, and where evaluation takes more than them. */
  readonly parameters?: Float32Array;
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
  const parameters = run.state === undefined ? flatParameters(model, run.parameters) : null;
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
