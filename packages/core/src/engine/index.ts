export { distinctUnits } from "./distinct-units.ts";
export { epochOrder } from "./epoch-order.ts";
export { LOSS_FUNCTIONS, type Network, network, referenceTrainer } from "./reference/index.ts";
export * from "./trainer.ts";
export { type WasmOptions, wasmTrainer } from "./wasm/index.ts";
