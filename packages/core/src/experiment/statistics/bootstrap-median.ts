import { checkKind, InputError, KIND, median, optionsOf, quantile } from "../../base/index.ts";
import type { Interval } from "./wilson.ts";

/** Numbers from 0 to 1, equally likely: a seeded source, so that the interval is the same each time. */
export type Uniform = () => number;

export interface BootstrapOptions {
  readonly uniform: Uniform;
  /** Samples drawn with replacement. */
  readonly resamples?: number;
  readonly confidence?: number;
}

/**
 * Percentile bootstrap interval of the median: the (1 ∓ confidence)/2 quantiles (type 7) of the medians
 * of `resamples` samples drawn with replacement; value ⌊u · n⌋ is taken for a uniform u. [1]
 *
 * `null` where no interval exists: for few values even [min, max] covers the median with a chance
 * of only 1 − 2^(1 − n), below 95 % for n < 6. Infinite values are allowed.
 *
 * ```ts
 * bootstrapMedian([3, 1, 2], { uniform: () => 0.5 }); // null
 * bootstrapMedian([1, 2, 3, 4, 5, 6], { uniform: () => 0.5 }); // [4, 4]
 * ```
 *
 * [1] Efron 1979, https://doi.org/10.1214/aos/1176344552
 */
export const bootstrapMedian = (values: ArrayLike<number>, options: BootstrapOptions): Interval | null => {
  checkKind("bootstrapMedian", "the values", values, KIND.numbers);
  const {
    uniform,
    resamples = 2000,
    confidence = 0.95,
  } = optionsOf("bootstrapMedian", options, {
    uniform: KIND.function,
    resamples: KIND.number,
    confidence: KIND.number,
  });
  checkKind("bootstrapMedian", "uniform", uniform, KIND.function);
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new InputError("bootstrapMedian", `expected resamples to be an integer ≥ 1, got ${resamples}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError("bootstrapMedian", `expected a confidence between 0 and 1, got ${confidence}`);
  }
  const n = values.length;
  if (!(1 - confidence >= halfPower(n - 1))) return null;
  const medians = new Float64Array(resamples);
  const sample = new Float64Array(n);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) sample[i] = values[Math.min(n - 1, Math.floor(uniform() * n))]!;
    medians[r] = median(sample);
  }
  return [quantile(medians, (1 - confidence) / 2), quantile(medians, (1 + confidence) / 2)];
};

/** 2⁻ᵏ, 1 for k ≤ 0. */
const halfPower = (k: number): number => {
  let power = 1;
  for (let i = 0; i < k; i++) power /= 2;
  return power;
};
