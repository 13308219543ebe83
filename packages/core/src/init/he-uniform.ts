import { HE_ENTRY, type HeOptions, he } from "./he.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * He (Kaiming) uniform: bounds ±gain · √(3 / fanIn), which is σ = gain / √fanIn.
 *
 * The same variance as `heNormal`, without tails.
 *
 * ```ts
 * heUniform().std([256, 784]); // ≈ 0.050508 = √(2 / 784)
 * heUniform().distribution([256, 6]); // ≈ { kind: "uniform", low: -1, high: 1, variance: 0.333333, scaling: { gain: 1.414214, fan: 6, mode: "in" } }
 * ```
 *
 * [1] He et al. 2015, https://arxiv.org/abs/1502.01852
 */
export const heUniform = (options: HeOptions = {}): Initializer => he("heUniform", "uniform", options);

export const heUniformEntry = initializerEntry({
  ...HE_ENTRY,
  name: "heUniform",
  aliases: ["kaimingUniform"],
  summary: "Uniform with σ = √(2 / fanIn): keeps a ReLU network's signal the same at every depth.",
  formula: "w ~ U(−limit, limit), limit = gain · √(3 / fanIn)",
  create: (options) => heUniform(options),
});
