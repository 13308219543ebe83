import { checkKind, InputError, KIND, median } from "../../base/index.ts";
import { type BootstrapOptions, bootstrapMedian } from "./bootstrap-median.ts";
import type { Interval } from "./wilson.ts";

/** How two initializations' steps to the target compare, seed by seed. */
export interface StepsRatio {
  /** Seeds in which both reached the target: those that the ratio is of. */
  readonly both: number;
  /** Median over them of steps of A ÷ steps of B; `null` where there are none. */
  readonly median: number | null;
  readonly interval: Interval | null;
  /** Seeds in which A took fewer steps than B, which includes those where B never reached. */
  readonly fewerA: number;
  readonly fewerB: number;
}

/**
 * Compares steps to the target by seed; `Infinity` is a run that never reached it.
 *
 * Steps after the last one are not known, so a seed has a ratio only where both reached the target;
 * what that leaves out is in `fewerA` and `fewerB`, where never is more than any number, and in
 * McNemar's test. Two never, or equal steps, are a tie. 0 steps against 0 are a ratio of 1.
 *
 * ```ts
 * stepsRatio([100, 200, Infinity], [200, 200, 300], { uniform: () => 0.5 }).median; // 0.75
 * stepsRatio([100, 200, Infinity], [200, 200, 300], { uniform: () => 0.5 }).fewerB; // 1
 * ```
 */
export const stepsRatio = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: BootstrapOptions,
): StepsRatio => {
  checkSteps("stepsRatio", a, b);
  const ratios: number[] = [];
  let fewerA = 0;
  let fewerB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x < y) fewerA++;
    if (y < x) fewerB++;
    if (x < Infinity && y < Infinity) ratios.push(x === y ? 1 : x / y);
  }
  return {
    both: ratios.length,
    median: ratios.length === 0 ? null : median(ratios),
    interval: bootstrapMedian(ratios, options),
    fewerA,
    fewerB,
  };
};

/** Refuses lists of unequal length and anything that is not a number of steps or Infinity. */
export const checkSteps = (who: string, a: ArrayLike<number>, b: ArrayLike<number>): void => {
  checkKind(who, "steps of A", a, KIND.numbers);
  checkKind(who, "steps of B", b, KIND.numbers);
  if (a.length !== b.length) {
    throw new InputError(who, `expected one entry a seed in both, got ${a.length} and ${b.length}`);
  }
  for (const steps of [a, b]) {
    for (let i = 0; i < steps.length; i++) {
      if (!(steps[i]! >= 0)) {
        throw new InputError(who, `expected steps ≥ 0, or Infinity for never, got ${steps[i]}`);
      }
    }
  }
};
