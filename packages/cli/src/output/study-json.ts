import type { Study } from "@stepzero/core";
import { describeData, describeTraining } from "./describe.ts";

/** A study's summary, as `compare --json` prints it. */
export const studyJson = (study: Study): object => ({
  model: study.model,
  data: describeData(study.data),
  training: describeTraining(study.training),
  engine: study.engine,
  generator: study.generator,
  paired: study.paired,
  learningRates: study.learningRates,
  seed: study.seed,
  seeds: study.seeds,
  steps: study.training.steps,
  elapsedMs: study.elapsedMs,
  complete: study.complete,
  warnings: study.warnings,
  lost: study.lost,
  target: study.target,
  baseline: study.baseline,
  rateSearch: study.rateSearch,
  initializations: study.initializations.map(({ id, initializer, cells, best, bestAtEnd, workingRates }) => ({
    id,
    initializer,
    cells,
    best: best && {
      learningRate: best.learningRate,
      reached: best.reached,
      resolution: best.resolution,
      stepsToTarget: best.stepsToTarget,
    },
    bestAtEnd,
    workingRates,
  })),
  pairs: study.pairs,
});
