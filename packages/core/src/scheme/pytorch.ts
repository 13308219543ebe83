import { fanInUniform, glorotUniform, random, zeros } from "../init/index.ts";
import { isAttention, preset } from "./preset.ts";
import type { Start } from "./roles.ts";

/** `in_proj_weight` is one tensor [3E, E] to `xavier_uniform_`, so that its fans are E and 3E. */
const projections: Start = ({ fans: { fanIn } }) => ({
  initializer: glorotUniform(),
  fans: { fanIn, fanOut: 3 * fanIn },
  reason: "MultiheadAttention: xavier_uniform_ of one tensor [3E, E], whose fans are E and 3E",
});

/** `out_proj` is a Linear, whose bias is drawn and then set to 0. */
const bias: Start = (slot) => {
  if (!isAttention(slot)) return { initializer: fanInUniform() };
  return {
    initializer: zeros(),
    ...(isOutput(slot.path) ? { discarded: { initializer: fanInUniform(), shape: slot.shape } } : {}),
  };
};

const isOutput = (path: string): boolean => path.split("/").at(-2) === "projection";

/**
 * What PyTorch's layers start from. `Linear` and `Conv`: kernel and bias uniform within ±1 / √fanIn.
 *
 * `kaiming_uniform_(a = √5)` has gain √(2 / 6), which makes the variance 1 / (3 · fanIn): a sixth of what
 * ReLU needs, so that E[z²] falls sixfold per layer. [1] The biases add a little back.
 *
 * ```ts
 * const [first, second] = explainInitialization(mlp([300, 100, 10]), "pytorch");
 * first.std; // ≈ 0.033333 = 1 / √900
 * second.signal; // ≈ 0.166667 = 1 / 6
 * ```
 *
 * `MultiheadAttention`: query, key and value by `xavier_uniform_` of one tensor `[3E, E]`, so √½ of Glorot's; the
 * projection as a `Linear`; biases 0. `Embedding`, of positions too: N(0, 1). Norms: 1 and 0. With generator `pytorch`
 * the draws are in its order: the attention's projection first.
 *
 * [1] https://github.com/pytorch/pytorch/issues/15314
 */
export const pytorchEntry = preset({
  name: "pytorch",
  aliases: ["torch"],
  summary: "What PyTorch's layers start from: Linear and Conv uniform, kernels and biases.",
  formula: "w, b ~ U(±1 / √fanIn); attention: query, key, value U(±√(6 / 4E)), b = 0; embeddings N(0, 1)",
  text:
    "kaiming_uniform_(a = √5): variance 1 / (3 · fanIn), a sixth of what ReLU needs, so a deep ReLU network's signal " +
    "fades sixfold per layer. MultiheadAttention draws query, key and value as one tensor [3E, E] by Xavier's rule, which makes " +
    "their variance half of that of three layers, and sets biases to 0. Rows of embeddings have length √width.",
  references: ["https://github.com/pytorch/pytorch/issues/15314"],
  kernel: "fanInUniform",
  bias: "fanInUniform",
  table: () => ({ initializer: random({ std: 1 }), reason: "Embedding: N(0, 1)" }),
  library: {
    generators: ["pytorch", "pytorch-2.11"],
    order: (parameters) => [
      ...parameters.filter(({ path }) => isOutput(path)),
      ...parameters.filter(({ path }) => !isOutput(path)),
    ],
  },
  others: { bias, query: projections, key: projections, value: projections, queryKeyValue: projections },
});
