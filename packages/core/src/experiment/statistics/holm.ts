import { checkKind, InputError, KIND } from "../../base/index.ts";

/**
 * Holm's step-down correction: adjusted p of m tests, in the order given. The i-th smallest (from 0)
 * becomes p · (m − i), at least what the one before became, at most 1. Rejecting where the adjusted
 * p < α keeps the chance of even one false claim below α, whatever the tests' dependence. [1]
 *
 * ```ts
 * holm([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 * ```
 *
 * [1] Holm 1979, https://www.jstor.org/stable/4615733
 */
export const holm = (ps: readonly number[]): number[] => {
  checkKind("holm", "the p-values", ps, KIND.numbers);
  for (const p of ps) {
    if (!(p >= 0 && p <= 1)) throw new InputError("holm", `expected p-values from 0 to 1, got ${p}`);
  }
  const order = ps.map((_, i) => i).sort((i, j) => ps[i]! - ps[j]!);
  const adjusted = new Array<number>(ps.length);
  let floor = 0;
  for (const [rank, i] of order.entries()) {
    floor = Math.max(floor, Math.min(1, ps[i]! * (ps.length - rank)));
    adjusted[i] = floor;
  }
  return adjusted;
};
