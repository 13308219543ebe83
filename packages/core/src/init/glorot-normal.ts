import { GLOROT_ENTRY, type GlorotOptions, glorot } from "./glorot.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * Glorot (Xavier) normal: zero-mean Gaussian with σ = gain · √(2 / (fanIn + fanOut)).
 *
 * Keeping the signal asks for Var[w] = 1 / fanIn, keeping the gradient for 1 / fanOut; this is the
 * compromise, for units that are linear near 0, such as tanh. A ReLU halves the signal at each layer. [1]
 *
 * ```ts
 * glorotNormal().std([300, 100]); // ≈ 0.070711 = √(2 / 400)
 * ```
 *
 * [1] Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export const glorotNormal = (options: GlorotOptions = {}): Initializer =>
  glorot("glorotNormal", "normal", options);

export const glorotNormalEntry = initializerEntry({
  ...GLOROT_ENTRY,
  name: "glorotNormal",
  aliases: ["glorot", "xavier", "xavierNormal"],
  summary: "Gaussian with σ = √(2 / (fanIn + fanOut)): for tanh and other units linear near 0.",
  formula: "w ~ N(0, gain² · 2 / (fanIn + fanOut))",
  create: (options) => glorotNormal(options),
});
