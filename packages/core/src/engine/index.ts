export * from "./trainer.ts";
export * from "./wasm/index.ts";
