import { InputError } from "../../base/index.ts";

/**
 * McNemar's exact test of paired outcomes: if A and B were equally likely to be the one
 * in each seed in which only one succeeded, how likely is a split as uneven as this? The two-sided p is min(1, 2 · P(X ≤ min(onlyA, onlyB))), X ~ Bin(onlyA + onlyB, ½).
 * Seeds in which both or none succeeded say nothing and do not count; with no others p is 1. [1]
 *
 * The same arithmetic on "A took fewer steps" against "B took fewer steps" is the sign test.
 *
 * ```ts
 * mcnemar(9, 1); // 0.021484375
 * mcnemar(3, 3); // 1
 * ```
 *
 * [1] McNemar 1947, https://doi.org/10.1007/BF02295996
 */
export const mcnemar = (onlyA: number, onlyB: number): number => {
  for (const count of [onlyA, onlyB]) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new InputError("mcnemar", `expected two counts, integers ≥ 0, got ${onlyA} and ${onlyB}`);
    }
  }
  const n = onlyA + onlyB;
  const least = Math.min(onlyA, onlyB);
  if (2 * least >= n - 1) return 1;
  // Terms C(n, k) relative to the one at k = least. Where the sum of all overflows, p underflows to 0.
  let tail = 1;
  for (let k = least, term = 1; k > 0 && term > tail * 1e-18; k--) {
    term *= k / (n - k + 1);
    tail += term;
  }
  let inner = 0;
  for (let k = least, term = 1; k < n - least - 1; k++) {
    term *= (n - k) / (k + 1);
    inner += term;
    if (term < inner * 1e-18) break;
  }
  return (2 * tail) / (2 * tail + inner);
};
