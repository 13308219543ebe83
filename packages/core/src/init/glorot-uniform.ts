import { GLOROT_ENTRY, type GlorotOptions, glorot } from "./glorot.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * Glorot (Xavier) uniform: bounds ±gain · √(6 / (fanIn + fanOut)), which is σ = gain · √(2 / (fanIn + fanOut)).
 *
 * Keeping the signal asks for Var[w] = 1 / fanIn, keeping the gradient for 1 / fanOut; this is the
 * compromise, for units that are linear near 0, such as tanh. A ReLU halves the signal at each layer. [1]
 *
 * ```ts
 * glorotUniform().distribution([2, 4]); // ≈ { kind: "uniform", low: -1, high: 1, variance: 0.333333, scaling: { gain: 1, fan: 3, mode: "average" } }
 * glorotUniform().std([300, 100]); // ≈ 0.070711
 * ```
 *
 * [1] Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export const glorotUniform = (options: GlorotOptions = {}): Initializer =>
  glorot("glorotUniform", "uniform", options);

export const glorotUniformEntry = initializerEntry({
  ...GLOROT_ENTRY,
  name: "glorotUniform",
  aliases: ["xavierUniform"],
  summary: "Uniform with σ = √(2 / (fanIn + fanOut)): for tanh and other units linear near 0.",
  formula: "w ~ U(−limit, limit), limit = gain · √(6 / (fanIn + fanOut))",
  create: (options) => glorotUniform(options),
});
