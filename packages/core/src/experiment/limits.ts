import { checkLimit, InputError, LIMITS } from "../base/index.ts";
import { figuredLayers, type Model, parameterCount } from "../model/index.ts";
import { KEPT_PARAMETERS } from "./flat-parameters.ts";
import { LAYER_FIGURES } from "./layer-figures.ts";

/** Log points of so many steps, the first and the last among them; refuses more than a run's figures may take. */
export const logStepsOf = (steps: number, every: number, layers: number): number[] => {
  const most = Math.max(2, Math.floor(LIMITS.logFigures / (4 + 6 * layers)));
  if (Math.ceil(steps / every) + 1 > most) {
    const seldom = Math.ceil(steps / (most - 1)).toLocaleString("en-US");
    checkLimit(
      "logEvery",
      `log points of ${layers} layers`,
      Math.ceil(steps / every) + 1,
      most,
      `Log every ${seldom} steps, or less often.`,
    );
  }
  const logSteps: number[] = [];
  for (let step = 0; step < steps; step += every) logSteps.push(step);
  logSteps.push(steps);
  return logSteps;
};

/** Refuses a model of more parameters than can be trained. */
export const checkParameters = (model: Model): void =>
  checkLimit(
    "model",
    "parameters",
    parameterCount(model),
    LIMITS.parameters,
    `They would take more than ${(4 * LIMITS.parameters) / 1_048_576} MiB: take fewer or smaller layers.`,
  );

export interface KeptRuns {
  readonly model: Model;
  readonly runs: number;
  readonly columns: number;
  readonly logSteps: readonly number[];
  readonly layerSteps: readonly number[];
}

/** What a typed array takes beside its values, and the text of a run beside its columns. */
const ARRAY_VALUES = 50;
const RUN_BYTES = 500;

/** Refuses more runs than memory, or the text of a study's file, can hold. */
export const checkRuns = ({ model, runs, columns, logSteps, layerSteps }: KeptRuns): void => {
  const layers = figuredLayers(model).length;
  const count = parameterCount(model);
  const values =
    columns * logSteps.length +
    layers * LAYER_FIGURES.length * layerSteps.length +
    (count <= KEPT_PARAMETERS ? count : 0);
  const arrays = columns + layers * LAYER_FIGURES.length + 1;
  const most = Math.floor(
    Math.min(
      LIMITS.keptValues / (values + ARRAY_VALUES * arrays),
      LIMITS.studyBytes / ((16 / 3) * values + RUN_BYTES + 100 * arrays),
    ),
  );
  if (runs <= most) return;
  throw new InputError(
    "compare",
    `expected at most ${most.toLocaleString("en-US")} runs of this network, got ${runs.toLocaleString("en-US")}`,
    "Each initialization, rate and seed is a run. Compare fewer seeds, rates or initializations.",
  );
};
