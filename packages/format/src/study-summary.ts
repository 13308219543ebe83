import {
  type ComparedInitialization,
  checkModel,
  type Grid,
  hiddenLayers,
  type InitializerSpec,
  InputError,
  isRandomInitialization,
  type Model,
  type Pair,
  type StudyRun,
  summarize,
  type Target,
  unitLayers,
} from "@stepzero/core";
import type { StudyFile } from "./study-schema.ts";

/** Far more than anyone waits for: a file that says more is broken. */
const MOST_RUNS = 1_000_000;

export interface StudySummary {
  readonly model: Model;
  readonly target: Target;
  readonly initializations: readonly ComparedInitialization[];
  readonly pairs: readonly Pair[];
  /** By initialization, rate and seed; one that stands for every seed is there under each. */
  readonly runs: readonly StudyRun[];
}

/** What `compare` would say of the runs of a study's file: cells, best rates, working ranges, pairs. */
export const summaryOf = (name: string, study: StudyFile): StudySummary => {
  const { model, initializations, learningRates, seed, seeds, training, target, resampled } =
    study.configuration;
  const network = checkModel(model as unknown as Model);
  if (initializations.length * learningRates.length * seeds > MOST_RUNS) {
    throw new InputError(name, `expected at most ${MOST_RUNS} runs, got a plan of more`);
  }
  const units = unitLayers(network).length;
  if (study.runs.some(({ outcome }) => outcome.distinctUnits.length !== units)) {
    throw new InputError(name, `expected the distinct units of ${units} hidden layers in every run`);
  }
  const layers = hiddenLayers(network).length + 1;
  if (
    study.runs.some(({ outcome: { dead } }) =>
      [dead.start, dead.end].some((one) => one !== null && one.length !== layers),
    )
  ) {
    throw new InputError(name, `expected the dead units of ${layers} layers in every run`);
  }
  const shuffles = training.batch !== "full" || resampled;
  /** Without asking the scheme where the file shows it: seeds that have runs of their own. */
  const isRandom = (id: string, initializer: InitializerSpec): boolean =>
    shuffles ||
    new Set(study.runs.filter((run) => run.initialization === id).map((run) => run.seed)).size > 1 ||
    isRandomInitialization(network, initializer);
  const grid: Grid = {
    contenders: initializations.map(({ id, ...initializer }) => ({
      id,
      spec: initializer,
      initializer,
      random: isRandom(id, initializer),
    })),
    learningRates,
    seed,
    seeds,
    shuffles,
  };
  const classifies = training.loss !== "mse";
  return {
    model: network,
    target,
    ...summarize({ grid, model: network, classifies, target, baseline: study.data.baseline }, study.runs),
  };
};
