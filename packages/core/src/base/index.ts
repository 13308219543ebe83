export * from "./errors.ts";
export * from "./fans.ts";
export * from "./kind.ts";
export * from "./nearest.ts";
export * from "./shape.ts";
export * from "./statistics.ts";
export * from "./tensor.ts";
export * from "./warning.ts";
