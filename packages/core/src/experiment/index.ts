export { type Baseline, baselineOf } from "./baseline.ts";
export { bornDead } from "./born-dead.ts";
export type { Window } from "./boundary.ts";
export { columnCount, type RunColumns } from "./columns.ts";
export {
  type CompareOptions,
  type CompareProgress,
  type Comparison,
  compare,
  comparisonPlan,
} from "./compare.ts";
export { parametersFrom } from "./flat-parameters.ts";
export {
  everyNth,
  LAYER_FIGURES,
  type LayerFigure,
  type LayerFigures,
  type LayerQuartiles,
  layerQuartiles,
  type QuartileColumns,
} from "./layer-figures.ts";
export { type RateSearch, rateRange } from "./learning-rates.ts";
export { type Live, type LiveOptions, liveComparison } from "./live.ts";
export type { LiveMember } from "./live-member.ts";
export type { Contender, Grid } from "./members.ts";
export { type FinalScore, type Outcome, unitLayers } from "./outcome.ts";
export type { Pair } from "./pairs.ts";
export {
  DEFAULT_INITIALIZATIONS,
  DEFAULT_LEARNING_RATES,
  type PlanOptions,
  type StudyPlan,
} from "./plan.ts";
export * from "./predict.ts";
export type * from "./reproduce/index.ts";
export { reproduceAnyinitDepth, reproduceCourse, reproduction, reproductions } from "./reproduce/index.ts";
export { DEFAULT_STEPS, lossFor, type TrainingOptions } from "./setup.ts";
export * from "./statistics/index.ts";
export {
  type ComparedInitialization,
  type Study,
  type SummaryFrame,
  summarize,
} from "./study.ts";
export type { StudyRun } from "./study-run.ts";
export type { Cell, DeadShares, Reached, ScoreSpread, Spread } from "./summary.ts";
export { defaultTarget, isReachedByConstant, metricName, target } from "./target.ts";
export * from "./train.ts";
export { type TrainStudyOptions, trainStudy } from "./train-study.ts";
