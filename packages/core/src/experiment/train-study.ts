import { checkKind, type Dtype, KIND, optionsOf } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import type { Run } from "../engine/index.ts";
import { figuredLayers } from "../model/index.ts";
import type { Generator, InitializationSpec } from "../scheme/index.ts";
import { thinned } from "./columns.ts";
import { layerStepsOf } from "./layer-figures.ts";
import { planOf } from "./plan.ts";
import { type Study, studyOf } from "./study.ts";
import { keyOf, runDataOf, studyRun } from "./study-run.ts";
import type { TrainResult } from "./train.ts";

export interface TrainStudyOptions {
  /** As it was asked for. */
  readonly initialization?: InitializationSpec;
  readonly generator?: Generator;
  readonly dtype?: Dtype;
}

/**
 * One network that was trained as a study of a single run, so that it can be shown and kept as one.
 *
 * ```ts
 * const result = await train(mlp([2, 4, 1]), circles(), { initialization: "he", steps: 10 });
 * trainStudy(result, circles(), { initialization: "he" }).runs.length; // 1
 * ```
 */
export const trainStudy = (result: TrainResult, data: Dataset, options: TrainStudyOptions = {}): Study => {
  const {
    initialization = "auto",
    generator = "stepzero",
    dtype,
  } = optionsOf("trainStudy", options, {
    initialization: KIND.spec,
    generator: KIND.text,
    dtype: KIND.text,
  });
  checkKind("trainStudy", "the result", result, KIND.object, "train() gives one.");
  checkKind("trainStudy", "the result's training", result.training, KIND.object, "train() gives one.");
  const { model, training, learningRate, seed, engine } = result;
  const logSteps = thinned(training.logSteps);
  const plan = {
    ...planOf(model, data, {
      initializations: [initialization],
      learningRates: [learningRate],
      seeds: 1,
      seed,
      engine,
      generator,
      ...(dtype === undefined ? {} : { dtype }),
    }),
    training,
    logSteps,
    layerSteps: layerStepsOf(logSteps, figuredLayers(model).length),
  };
  const place = { initialization: plan.contenders[0]!.id, learningRate, seed };
  const run = studyRun(plan, place, runOf(result), runDataOf(data, training.loss));
  return studyOf(plan, new Map([[keyOf(place), run]]), { complete: result.complete, lost: [], elapsedMs: 0 });
};

const runOf = ({ history, layers, diverged, parameters }: TrainResult): Run => ({
  logged: history.step.length,
  trainLoss: Float64Array.from(history.trainLoss),
  trainAccuracy: Float64Array.from(history.trainAccuracy),
  trainBalancedAccuracy: new Float64Array(0),
  testLoss: history.testLoss && Float64Array.from(history.testLoss),
  testAccuracy: history.testAccuracy && Float64Array.from(history.testAccuracy),
  ...(history.trainSequenceAccuracy === undefined
    ? {}
    : {
        trainSequenceAccuracy: Float64Array.from(history.trainSequenceAccuracy),
        testSequenceAccuracy: history.testSequenceAccuracy
          ? Float64Array.from(history.testSequenceAccuracy)
          : null,
      }),
  layers,
  reachedAt: null,
  diverged,
  parameters,
});
