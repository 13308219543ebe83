import { InputError } from "../../base/index.ts";

/**
 * The z with P(|Z| ≤ z) = confidence for a standard normal Z: 1.96 for 0.95.
 *
 * Newton's method on 2Φ(z) − 1 = 2φ(z) · Σ z^(2k+1) / (1·3·5⋯(2k+1)), whose terms are all positive.
 * Between 0 and 0.9999999, so that 1 − confidence keeps its digits.
 *
 * ```ts
 * zScore(0.95); // ≈ 1.959963984540054
 * ```
 */
export const zScore = (confidence: number): number => {
  if (!(confidence > 0 && confidence <= 0.9999999)) {
    throw new InputError("zScore", `expected a confidence above 0 and at most 0.9999999, got ${confidence}`);
  }
  let z = 0;
  for (let i = 0; i < 100; i++) {
    const density = DENSITY_AT_0 / expOf((z * z) / 2);
    const next = z + (confidence - 2 * density * oddSeries(z)) / (2 * density);
    // From the left Newton only overshoots where the function is concave: z grows to the root.
    if (!(next > z)) break;
    z = next;
  }
  return z;
};

const DENSITY_AT_0 = 0.3989422804014327;

/** Σ z^(2k+1) / (1·3·5⋯(2k+1)) */
const oddSeries = (z: number): number => {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
};

/** eˣ for x ≥ 0 by its own series, whose terms are all positive. */
const expOf = (x: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / k;
    sum += term;
  }
  return sum;
};
