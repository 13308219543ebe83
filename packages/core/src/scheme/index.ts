export { fittingKernel } from "./auto.ts";
export * from "./catalogue.ts";
export * from "./explain.ts";
export * from "./initialize.ts";
export type * from "./scheme.ts";
export * from "./warnings.ts";
