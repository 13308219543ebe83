import { InputError } from "../base/index.ts";
import { elementwise } from "./elementwise.ts";
import { type Initializer, type InitializerOptions, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkBounds, checkNonNegative, checkOptions } from "./options.ts";

export interface UniformOptions {
  /** Bounds ±limit. Not together with `low` and `high`. */
  readonly limit?: number;
  readonly low?: number;
  readonly high?: number;
}

const LIMIT = 0.05;

/**
 * Uniform between two bounds: w ~ U(low, high), U(−limit, limit) with limit 0.05 by default.
 *
 * The standard deviation is (high − low) / √12: a uniform needs √3 times the limit of the standard
 * deviation that one wants.
 *
 * ```ts
 * uniform({ limit: 0.05 }).std([10, 10]); // ≈ 0.028868 = 0.05 / √3
 * uniform({ low: 0, high: 1 }).std([10, 10]); // ≈ 0.288675 = 1 / √12
 * ```
 */
export const uniform = (options: UniformOptions = {}): Initializer => {
  const { low, high, canonical } = boundsOf(checkOptions(uniformEntry, options));
  return elementwise({
    name: "uniform",
    options: canonical,
    distribution: { kind: "uniform", low, high },
    std: () => (high - low) / Math.sqrt(12),
  });
};

const boundsOf = ({ limit, low, high }: UniformOptions) => {
  if (low === undefined && high === undefined) {
    return symmetric(limit ?? LIMIT);
  }
  if (limit !== undefined) {
    throw new InputError("uniform", "expected either limit or low and high, got both");
  }
  if (low === undefined || high === undefined) {
    const [given, missing] = low === undefined ? ["high", "low"] : ["low", "high"];
    throw new InputError("uniform", `expected low and high, got ${given} alone`, `Give ${missing} too.`);
  }
  checkBounds("uniform", low, high);
  return low === -high ? symmetric(high) : { low, high, canonical: { low, high } as InitializerOptions };
};

const symmetric = (limit: number) => {
  checkNonNegative("uniform", "limit", limit);
  return { low: -limit, high: limit, canonical: canonicalOptions({ limit }, { limit: LIMIT }) };
};

export const uniformEntry = initializerEntry({
  name: "uniform",
  aliases: ["randomUniform"],
  summary: "Uniform between the same bounds in all layers, by default ±0.05.",
  formula: "w ~ U(−limit, limit), std = limit / √3",
  text:
    "Like random, one spread for every layer, so it fits one width at best. Its tails are cut, which matters " +
    "less than its variance: signals of wide layers are nearly Gaussian for any weights.",
  references: [
    "Glorot and Bengio 2010, §4.2.1, on the heuristic of one uniform, https://proceedings.mlr.press/v9/glorot10a.html",
  ],
  options: {
    limit: { summary: "Bounds −limit and limit.", default: LIMIT },
    low: { summary: "Lower bound, with high, in place of limit.", default: null },
    high: { summary: "Upper bound, with low, in place of limit.", default: null },
  },
  valueOption: "limit",
  create: (options) => uniform(options),
});
