import { varianceScaling } from "../init/index.ts";
import { preset } from "./preset.ts";

/**
 * What Flax' layers start from, linen's and nnx's alike: LeCun normal, cut at 2σ and corrected for the cut, zero biases.
 *
 * It keeps the variance of a linear network; under ReLU half of E[z²] is lost at each layer. [1]
 *
 * ```ts
 * const [first, second] = explainInitialization(mlp([300, 100, 10]), "flax");
 * first.std; // ≈ 0.057735 = 1 / √300
 * second.signal; // ≈ 0.5
 * ```
 *
 * Attention: the same. `Embed`, of positions too: N(0, 1 / width). Norms: 1 and 0.
 *
 * [1] https://flax-linen.readthedocs.io/en/latest/api_reference/flax.linen/layers.html
 */
export const flaxEntry = preset({
  name: "flax",
  aliases: [],
  summary: "What Flax' layers start from: LeCun normal, truncated at 2σ and corrected, zero biases.",
  formula: "w ~ N(0, 1 / fanIn) cut at ±2σ, rescaled to that variance, b = 0; embeddings N(0, 1 / width)",
  text: "Keeps the variance of a linear network; under ReLU half of it is lost at each layer.",
  references: ["https://flax-linen.readthedocs.io/en/latest/api_reference/flax.linen/layers.html"],
  kernel: { name: "varianceScaling", gain: 1, fan: "in", distribution: "truncatedNormal" },
  bias: "zeros",
  table: () => ({ initializer: varianceScaling({ fan: "out" }), reason: "Embed: N(0, 1 / width)" }),
  library: { generators: ["jax", "jax-original", "flax-linen"] },
});
