import { preset } from "./preset.ts";

/**
 * What Keras' `Dense` starts from: Glorot uniform, zero biases.
 *
 * A compromise between signal and gradient for units that are linear near 0; under ReLU half of E[z²] is
 * lost at each layer of equal width. [1]
 *
 * ```ts
 * const [first, second] = explainInitialization(mlp([300, 100, 100]), "keras");
 * first.std; // ≈ 0.070711 = √(2 / 400)
 * second.signal; // ≈ 0.5
 * ```
 *
 * [1] https://keras.io/api/layers/core_layers/dense/
 */
export const kerasEntry = preset({
  name: "keras",
  aliases: [],
  summary: "What Keras' Dense starts from: Glorot uniform, zero biases.",
  formula: "w ~ U(±√(6 / (fanIn + fanOut))), b = 0",
  text: "Made for tanh; under ReLU half the variance is lost at each layer of equal width.",
  references: ["https://keras.io/api/layers/core_layers/dense/"],
  kernel: "glorotUniform",
  bias: "zeros",
});
