/** @file Everything public. Types come with what they belong to; values are named one by one. */
export type * from "./activation/index.ts";
export { activation, activationOf, activationSpec, activations } from "./activation/index.ts";
export type * from "./base/index.ts";
// What the command and the page share with the library.
export {
  allocate,
  bounded,
  checkLimit,
  fans,
  fansOf,
  InputError,
  LIMITS,
  mean,
  median,
  plural,
  printable,
  quantile,
  sizeOf,
  std,
  suggestion,
  warningsByRule,
} from "./base/index.ts";
export * from "./data/index.ts";
export type * from "./engine/index.ts";
export {
  createTrainer,
  distinctUnits,
  ENGINES,
  referenceTrainer,
  TARGET_METRICS,
  wasmTrainer,
} from "./engine/index.ts";
export * from "./experiment/index.ts";
export type * from "./init/index.ts";
export {
  constant,
  deltaOrthogonal,
  dirac,
  fanInUniform,
  findInitializer,
  fromBfloat16,
  fromFloat16,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identity,
  initializer,
  initializerNames,
  initializerSpec,
  initializers,
  isInitializer,
  lecunNormal,
  lecunUniform,
  looksLinear,
  lstmForget,
  ones,
  orthogonal,
  outputPrior,
  random,
  sameInitializer,
  siren,
  sparse,
  splitSpec,
  stdOfCut,
  toBfloat16,
  toFloat16,
  truncatedNormal,
  uniform,
  varianceScaling,
  zerO,
  zeros,
} from "./init/index.ts";
export type * from "./model/index.ts";
export {
  checkModel,
  dense,
  LOSSES,
  mlp,
  outputsOf,
  parameterCount,
  placedLayers,
  sequential,
  withOutputPrior,
} from "./model/index.ts";
export type * from "./optimizer/index.ts";
export {
  OPTIMIZERS,
  optimizer,
  optimizerCatalogue,
  SCHEDULES,
  schedule,
  scheduleCatalogue,
  usualRates,
} from "./optimizer/index.ts";
export type * from "./random/index.ts";
export {
  batchOrder,
  jax,
  key,
  numpy,
  numpyDefaultRng,
  ORDERS,
  orderCatalogue,
  pytorch,
  quantileOf,
  tensorflow,
} from "./random/index.ts";
export type * from "./scheme/index.ts";
export {
  deepNorm,
  explainInitialization,
  findScheme,
  fixup,
  GENERATOR_ALIASES,
  GENERATORS,
  generator,
  gpt2Residual,
  initializationNames,
  initializationWarnings,
  initialize,
  isRandomInitialization,
  layerInitializers,
  layerStarts,
  scheme,
  schemeSpec,
  schemes,
  skipInit,
} from "./scheme/index.ts";
export type * from "./signal/index.ts";
export { predictSignal } from "./signal/index.ts";
export * from "./tfjs/index.ts";
export * from "./theory/index.ts";
