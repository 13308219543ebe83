export * from "./catalogue.ts";
export * from "./clip.ts";
export * from "./named.ts";
export type {
  Library,
  Optimizer,
  OptimizerConfig,
  OptimizerOption,
} from "./optimizer.ts";
export { applyUpdate, NEWTON_SCHULZ, type UpdatedParameter } from "./rules/index.ts";
export * from "./schedule/index.ts";
export * from "./update.ts";
