import type { Activation } from "../activation/index.ts";
import { squareAt } from "./moments.ts";
import { pairOf, slopePairOf } from "./pairs.ts";
import { root } from "./root.ts";
import type { Variances } from "./variances.ts";

/** As near to 1 as the map is still told from it. */
const HIGHEST = 0.9999;

/**
 * The slope of the correlation map c ← (σ_w² E[φ(√q z₁) φ(√q z₂)] + σ_b²) / q₊ at the fixed point that
 * correlations settle at, where lengths are q and next q₊: at 1 in the ordered phase, below 1 in the chaotic.
 * `slope` is that of the map at 1, q χ₁ / q₊.
 */
export const correlationSlope = (phi: Activation, variances: Variances, q: number, slope: number): number => {
  if (slope <= 1) return slope;
  const { weightVariance, biasVariance } = variances;
  const next = weightVariance * squareAt(phi, q) + biasVariance;
  const gap = (c: number): number => (weightVariance * pairOf(phi, q, c) + biasVariance) / next - c;
  const settled = root(gap, 0, HIGHEST);
  // Nearer to 1 the map is a parabola, as steep at the one fixed point above 1 as at the other below.
  if (settled === null) return Math.max(0, 2 - slope);
  return (weightVariance * slopePairOf(phi, q, settled) * q) / next;
};
