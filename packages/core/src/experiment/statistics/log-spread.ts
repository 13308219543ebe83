import { log } from "../../math/index.ts";
import { checkSteps } from "./steps-ratio.ts";

/** Standard deviation of log(steps of A ÷ steps of B), and what pairing is worth. */
export interface LogSpread {
  /** Seeds in which both reached the target, after step 0. */
  readonly both: number;
  /** Of the differences seed by seed. */
  readonly paired: number;
  /** What independent draws would have: √(var log A + var log B). */
  readonly unpaired: number;
}

/**
 * The spread of log steps between two initializations, paired by seed and unpaired, over the seeds in
 * which both reached; variances divide by n − 1, NaN for fewer than two. The square of
 * unpaired ÷ paired is how many times the seeds independent draws would need.
 *
 * ```ts
 * logSpread([100, 200, 400], [200, 400, 800]).paired; // ≈ 0.00000
 * logSpread([100, 200, 400], [200, 400, 800]).unpaired; // ≈ 0.9803
 * ```
 */
export const logSpread = (a: ArrayLike<number>, b: ArrayLike<number>): LogSpread => {
  checkSteps("logSpread", a, b);
  const logsA: number[] = [];
  const logsB: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (!(x > 0 && x < Infinity && y > 0 && y < Infinity)) continue;
    logsA.push(log(x));
    logsB.push(log(y));
  }
  return {
    both: logsA.length,
    paired: Math.sqrt(sampleVariance(logsA.map((value, i) => value - logsB[i]!))),
    unpaired: Math.sqrt(sampleVariance(logsA) + sampleVariance(logsB)),
  };
};

const sampleVariance = (values: readonly number[]): number => {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return values.length < 2 ? Number.NaN : squares / (values.length - 1);
};
