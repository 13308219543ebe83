import type { Study } from "@stepzero/core";
import { writeStudy } from "@stepzero/format";
import type { Settings } from "./settings.ts";

/** The study's file, as `stepzero compare --out` would have written it. */
export const studyText = (study: Study, settings: Settings): string =>
  writeStudy({ ...study, plan: study, asked: askedOf(settings), version: __VERSION__ });

/** The settings as the command's configuration says them. */
const askedOf = (settings: Settings) => ({
  data: settings.data,
  samples: settings.samples,
  testSamples: Math.max(1, Math.round(settings.samples / 3)),
  noise: settings.noise,
  dataSeed: settings.dataSeed,
  layers: [...settings.layers],
  activation: settings.activation,
  init: [...settings.initializations],
  lr: [...settings.learningRates],
  seed: settings.seed,
  seeds: settings.seeds,
  steps: settings.steps,
  batch: settings.batch,
  target: settings.target,
  engine: settings.engine,
});
