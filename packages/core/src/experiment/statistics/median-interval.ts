import type { Interval } from "./wilson.ts";

/**
 * Exact interval of a median by order statistics: [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] with the largest k for which
 * 2 · P(Bin(n, ½) < k) ≤ 1 − confidence. It holds for any distribution, infinite values among them. `null` for
 * fewer than 6 values at 95 %, of which no two hold it. [1]
 *
 * ```ts
 * medianInterval([1, 2, 3, 4, 5, 6]); // [1, 6]
 * medianInterval([1, 2, 3, 4, 5]); // null
 * ```
 *
 * [1] Thompson 1936, https://doi.org/10.1214/aoms/1177732502
 */
export const medianInterval = (values: ArrayLike<number>, confidence = 0.95): Interval | null => {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  let term = 1;
  for (let i = 0; i < n; i++) term /= 2;
  let below = 0;
  let k = 0;
  // Beyond some 1,070 values 2⁻ⁿ is 0: the normal law then says k to within one rank.
  if (term === 0) k = Math.floor((n - Math.sqrt(n) * 1.959963984540054) / 2);
  else {
    for (; k < n && 2 * (below + term) <= 1 - confidence; k++) {
      below += term;
      term *= (n - k) / (k + 1);
    }
  }
  return k === 0 ? null : [sorted[k - 1]!, sorted[n - k]!];
};
