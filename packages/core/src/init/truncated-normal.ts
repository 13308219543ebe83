import { elementwise } from "./elementwise.ts";
import type { Initializer, InitializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkNonNegative } from "./options.ts";

export interface TruncatedNormalOptions {
  readonly mean?: number;
  /** Of the result, after the cut. */
  readonly std?: number;
}

/** Standard deviation of N(0, 1) given |x| ≤ 2: √(1 − 4φ(2) / (2Φ(2) − 1)). */
export const STD_OF_CUT_AT_TWO = 0.8796256610342398;

/**
 * Gaussian without tails: N(mean, σ²) given that |w − mean| ≤ 2σ, with σ = std / 0.87962566 so
 * that the standard deviation of the result is `std`, 0.01 unless said.
 *
 * Cutting at ±2σ takes 12 % off the standard deviation and 23 % off the variance. Left uncorrected,
 * as in some libraries, that costs a signal a factor 0.88 a layer: over 30 layers, 98 % of it.
 *
 * ```ts
 * truncatedNormal({ std: 1 }).distribution([10, 10]); // ≈ { kind: "truncatedNormal", mean: 0, std: 1.136847, low: -2.273694, high: 2.273694 }
 * std(truncatedNormal({ std: 1 }).draw([256, 784], key(0)).data); // ≈ 1
 * ```
 */
export const truncatedNormal = ({ mean = 0, std = 0.01 }: TruncatedNormalOptions = {}): Initializer => {
  checkFinite("truncatedNormal", "mean", mean);
  checkNonNegative("truncatedNormal", "std", std);
  return elementwise({
    name: "truncatedNormal",
    options: canonicalOptions({ mean, std }, { mean: 0, std: 0.01 }),
    distribution: truncatedAtTwo(mean, std),
    std: () => std,
  });
};

/** The normal cut at two of its own standard deviations whose standard deviation is then `std`. */
export const truncatedAtTwo = (mean: number, std: number) => {
  const parent = std / STD_OF_CUT_AT_TWO;
  return {
    kind: "truncatedNormal",
    mean,
    std: parent,
    low: mean - 2 * parent,
    high: mean + 2 * parent,
  } as const;
};

export const truncatedNormalEntry: InitializerEntry = {
  name: "truncatedNormal",
  aliases: ["truncNormal"],
  summary: "Gaussian cut at ±2σ, its std corrected for the cut, 0.01 unless said.",
  formula: "w ~ N(mean, σ²) given |w − mean| ≤ 2σ, with σ = std / 0.87962566",
  text:
    "No weight is an outlier. The cut takes 12 % off the standard deviation, so σ is raised by as much: what is " +
    "asked for is what comes out. The bounds are in units of σ; libraries that take them absolute cut nothing " +
    "when std is small.",
  references: [],
  options: {
    mean: { summary: "Mean of the normal before the cut.", default: 0 },
    std: { summary: "Standard deviation of the result.", default: 0.01 },
  },
  valueOption: "std",
  create: (options) => truncatedNormal(options),
};
