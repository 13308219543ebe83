export * from "./bootstrap-median.ts";
export * from "./holm.ts";
export { type LogSpread, logSpread } from "./log-spread.ts";
export * from "./mcnemar.ts";
export * from "./median-interval.ts";
export * from "./seeds-to-decide.ts";
export { type StepsRatio, stepsRatio } from "./steps-ratio.ts";
export * from "./wilson.ts";
export * from "./z-score.ts";
