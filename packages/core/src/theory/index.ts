export { type Gains, gains } from "./gains.ts";
export { expectation, type Moments, moments } from "./moments.ts";
export { type Residual, type ResidualOptions, residual } from "./residual.ts";
export * from "./theory.ts";
