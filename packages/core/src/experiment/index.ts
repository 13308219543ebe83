export type { RunColumns } from "./columns.ts";
export {
  type ComparedInitialization,
  type CompareOptions,
  type CompareProgress,
  type Comparison,
  compare,
  DEFAULT_INITIALIZATIONS,
  DEFAULT_LEARNING_RATES,
  type Study,
  type StudyPlan,
  type StudyRun,
} from "./compare.ts";
export type { Contender } from "./members.ts";
export type { Pair } from "./pairs.ts";
export * from "./predict.ts";
export * from "./reproduce/index.ts";
export { lossFor, type TrainingOptions } from "./setup.ts";
export * from "./statistics/index.ts";
export type { Cell, Outcome, Reached, ScoreSpread, Spread } from "./summary.ts";
export { type Target, target } from "./target.ts";
export * from "./train.ts";
