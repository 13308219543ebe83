import { type Initializer, initializerEntry } from "./initializer.ts";
import { LECUN_ENTRY, type LeCunOptions, lecun } from "./lecun.ts";

/**
 * LeCun uniform: bounds ±gain · √(3 / fanIn), which is σ = gain · √(1 / fanIn).
 *
 * A linear unit then passes on the variance of its inputs; SELU is built for it. [1]
 *
 * ```ts
 * lecunUniform().distribution([7, 3]); // ≈ { kind: "uniform", low: -1, high: 1, variance: 0.333333, scaling: { gain: 1, fan: 3, mode: "in" } }
 * lecunUniform().std([300, 100]); // 0.1
 * ```
 *
 * [1] LeCun et al. 1998, Efficient BackProp, §4.6
 */
export const lecunUniform = (options: LeCunOptions = {}): Initializer =>
  lecun("lecunUniform", "uniform", options);

export const lecunUniformEntry = initializerEntry({
  ...LECUN_ENTRY,
  name: "lecunUniform",
  aliases: [],
  summary: "Uniform with σ = √(1 / fanIn): for linear units and SELU.",
  formula: "w ~ U(−limit, limit), limit = gain · √(3 / fanIn)",
  create: (options) => lecunUniform(options),
});
