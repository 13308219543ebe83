export * from "./dense.ts";
export * from "./layer.ts";
export * from "./loss.ts";
export * from "./mlp.ts";
export * from "./model.ts";
export * from "./output-prior.ts";
