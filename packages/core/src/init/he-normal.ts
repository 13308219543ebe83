import { HE_ENTRY, type HeOptions, he } from "./he.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * He (Kaiming) normal: zero-mean Gaussian, not truncated, with σ = gain / √fanIn.
 *
 * ReLU passes on half the second moment of a symmetric input, so gain = √2 keeps E[z²] the same
 * at every depth. [1, eq. 10]
 *
 * ```ts
 * const w = heNormal().draw([256, 784], key(0));
 * std(w.data); // ≈ 0.0503, and √(2 / 784) = 0.0505
 * heNormal().std([256, 784]); // ≈ 0.050508
 * ```
 *
 * [1] He et al. 2015, https://arxiv.org/abs/1502.01852
 */
export const heNormal = (options: HeOptions = {}): Initializer => he("heNormal", "normal", options);

export const heNormalEntry = initializerEntry({
  ...HE_ENTRY,
  name: "heNormal",
  aliases: ["he", "kaiming", "kaimingNormal"],
  summary: "Gaussian with σ = √(2 / fanIn): keeps a ReLU network's signal the same at every depth.",
  formula: "w ~ N(0, gain² / fanIn)",
  create: (options) => heNormal(options),
});
