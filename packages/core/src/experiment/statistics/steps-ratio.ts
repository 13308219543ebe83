import { checkKind, InputError, KIND, median } from "../../base/index.ts";
import { type BootstrapOptions, bootstrapMedian } from "./bootstrap-median.ts";
import type { Interval } from "./wilson.ts";

/** How two initializations' steps to the target compare, seed by seed. */
export interface StepsRatio {
  /** Seeds in which both reached the target: those that the ratio is of. */
  readonly both: number;
  /** Seeds in which both reached it at one tested step, between which and the one before either may be first. */
  readonly unresolved: number;
  /** Median over them of steps of A ÷ steps of B; `null` where there are none, or where the resolution hides whether it is 1. */
  readonly median: number | null;
  /** Holds what the steps between two tests leave open. */
  readonly interval: Interval | null;
  /** Seeds in which A took fewer steps than B, which includes those where B never reached. */
  readonly fewerA: number;
  readonly fewerB: number;
}

/**
 * Compares steps to the target by seed; `Infinity` is a run that never reached it.
 *
 * Tested every `resolution` steps, a run may have reached its target up to `resolution` − 1 steps before it was
 * seen: equal steps are then no tie, and the interval is that of the smallest and largest ratios that can be.
 *
 * Steps after the last one are not known, so a seed has a ratio only where both reached the target;
 * what that leaves out is in `fewerA` and `fewerB`, where never is more than any number, and in
 * McNemar's test. Two never are a tie, and so are
 * equal steps where every step is tested. 0 steps against 0 are a ratio of 1.
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
  resolution = 1,
): StepsRatio => {
  checkSteps("stepsRatio", a, b);
  const least: number[] = [];
  const most: number[] = [];
  const earliest = (steps: number): number => (steps === 0 ? 0 : Math.max(1, steps - resolution + 1));
  let unresolved = 0;
  let fewerA = 0;
  let fewerB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x < y) fewerA++;
    if (y < x) fewerB++;
    if (x === Infinity || y === Infinity) continue;
    if (x === y && x > 0 && resolution > 1) unresolved++;
    least.push(ratio(earliest(x), y));
    most.push(ratio(x, earliest(y)));
  }
  const lows = bootstrapMedian(least, options);
  const highs = resolution === 1 ? lows : bootstrapMedian(most, options);
  return {
    both: least.length,
    unresolved,
    median: medianOf(least, most, resolution),
    interval: lows && highs && [lows[0], highs[1]],
    fewerA,
    fewerB,
  };
};

const ratio = (x: number, y: number): number => (x === y ? 1 : x / y);

/** In the middle of what it can be, in logs; `null` where that holds 1 by the resolution alone. */
const medianOf = (least: readonly number[], most: readonly number[], resolution: number): number | null => {
  if (least.length === 0) return null;
  const [low, high] = [median(least), median(most)];
  if (resolution === 1) return low;
  return low <= 1 && high >= 1 ? null : Math.sqrt(low * high);
};

/** Refuses lists of unequal length and anything that is not a number of steps or Infinity. */
export const checkSteps = (who: string, a: ArrayLike<number>, b: ArrayLike<number>): void => {
  checkKind(who, "steps of A", a, KIND.numbers);
  checkKind(who, "steps of B", b, KIND.numbers);
  if (a.length !== b.length) {
    throw new InputError(who, `expected one entry per seed in both, got ${a.length} and ${b.length}`);
  }
  for (const steps of [a, b]) {
    for (let i = 0; i < steps.length; i++) {
      if (!(steps[i]! >= 0)) {
        throw new InputError(who, `expected steps ≥ 0, or Infinity for never, got ${steps[i]}`);
      }
    }
  }
};
