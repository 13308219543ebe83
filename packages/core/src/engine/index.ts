export { createTrainer } from "./create-trainer.ts";
export { distinctUnits } from "./distinct-units.ts";
export { type Ensemble, type EnsembleOptions, type LostMember, runEnsemble } from "./ensemble.ts";
export { epochOrder } from "./epoch-order.ts";
export { LOSS_FUNCTIONS, type Network, network, referenceTrainer } from "./reference/index.ts";
export { runMember, sliceSteps } from "./run-member.ts";
export * from "./trainer.ts";
export { type WasmOptions, wasmTrainer } from "./wasm/index.ts";
