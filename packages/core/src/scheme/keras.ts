import { sizeOf } from "../base/index.ts";
import { glorotUniform, uniform } from "../init/index.ts";
import { preset } from "./preset.ts";
import type { Start } from "./roles.ts";

/** A grouped convolution's fan out is not divided by its groups there. */
const kernel: Start = ({ shape: [out = 1, ...rest], fans, parts }) => ({
  initializer: glorotUniform(),
  ...(parts === undefined ? {} : { fans: { fanIn: fans.fanIn, fanOut: out * sizeOf(rest.slice(1)) } }),
});

/** `MultiHeadAttention` makes an initializer of its own, of which each projection gets a copy with another seed. */
const query: Start = () => ({
  initializer: glorotUniform(),
  discarded: { initializer: glorotUniform(), shape: [1, 1] },
});

/**
 * What Keras' layers start from: Glorot uniform, zero biases.
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
 * `MultiHeadAttention`: the same, with the fans of the whole width. `Embedding`, of positions too: U(±0.05). Norms: 1
 * and 0. A grouped convolution's fanOut is not divided by its groups.
 *
 * [1] https://keras.io/api/layers/core_layers/dense/
 */
export const kerasEntry = preset({
  name: "keras",
  aliases: [],
  summary: "What Keras' layers start from: Glorot uniform, zero biases.",
  formula: "w ~ U(±√(6 / (fanIn + fanOut))), b = 0; embeddings U(±0.05)",
  text: "Made for tanh; under ReLU half the variance is lost at each layer of equal width.",
  references: ["https://keras.io/api/layers/core_layers/dense/"],
  kernel: "glorotUniform",
  bias: "zeros",
  table: () => ({ initializer: uniform({ low: -0.05, high: 0.05 }), reason: "Embedding: U(±0.05)" }),
  library: { generators: ["tensorflow", "keras-pytorch", "keras-jax"] },
  others: { kernel, query, queryKeyValue: () => ({ initializer: glorotUniform() }) },
});
