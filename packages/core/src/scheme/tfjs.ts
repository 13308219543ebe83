import { STD_OF_CUT_AT_TWO, uniform } from "../init/index.ts";
import { preset } from "./preset.ts";

/**
 * What `tf.layers.dense` starts from in TensorFlow.js: its `glorotNormal`, zero biases.
 *
 * The normal is cut at 2σ and, unlike Keras', not corrected for the cut: the standard deviation is 0.88 of
 * what is claimed and the variance 0.77, on top of the half that ReLU takes. [1] Another fault is not
 * reproduced: in TensorFlow.js two layers with one seed are scaled copies of each other.
 *
 * ```ts
 * const [first, second] = explainInitialization(mlp([300, 100, 100]), "tfjs");
 * first.std; // ≈ 0.062199 = 0.87962566 · √(2 / 400)
 * second.signal; // ≈ 0.386871 = 0.77374131 / 2
 * ```
 *
 * [1] https://github.com/tensorflow/tfjs/issues/8594
 */
export const tfjsEntry = preset({
  name: "tfjs",
  aliases: ["tensorflowjs"],
  summary: "What TensorFlow.js' dense starts from: Glorot normal, cut at 2σ and not corrected, zero biases.",
  formula: "w ~ N(0, σ²) given |w| ≤ 2σ, with σ² = 2 / (fanIn + fanOut), so std = 0.87962566 σ; b = 0",
  text:
    "Its faults are included: the cut takes 12 % off the standard deviation and nothing corrects it, so of a ReLU " +
    "signal 0.39 is left after each layer of equal width instead of a half. In TensorFlow.js two layers with one " +
    "seed are also scaled copies of each other; no generator here does that.",
  references: ["https://github.com/tensorflow/tfjs/issues/8594"],
  kernel: {
    name: "varianceScaling",
    gain: STD_OF_CUT_AT_TWO,
    fan: "average",
    distribution: "truncatedNormal",
  },
  bias: "zeros",
  table: () => ({ initializer: uniform({ low: -0.05, high: 0.05 }), reason: "embedding: U(±0.05)" }),
});
