export { type Criticality, type CriticalPair, critical } from "./critical.ts";
export { type Gains, gains } from "./gains.ts";
export {
  type FixedPoint,
  fixedPoints,
  type Stability,
  settledLength,
} from "./length-map.ts";
export { expectation, type Moments, moments } from "./moments.ts";
export { type Residual, type ResidualOptions, residualSignal } from "./residual.ts";
export * from "./theory.ts";
export type { Variances } from "./variances.ts";
