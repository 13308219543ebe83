export { type Gains, gains } from "./gains.ts";
export { expectation, type Moments, moments } from "./moments.ts";
export * from "./theory.ts";
