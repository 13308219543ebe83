import { preset } from "./preset.ts";

/**
 * What PyTorch's `Linear` starts from: kernel and bias uniform within ±1 / √fanIn.
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
 * [1] https://github.com/pytorch/pytorch/issues/15314
 */
export const pytorchEntry = preset({
  name: "pytorch",
  aliases: ["torch"],
  summary: "What PyTorch's Linear starts from.",
  formula: "w, b ~ U(±1 / √fanIn)",
  text:
    "kaiming_uniform_(a = √5): variance 1 / (3 · fanIn), a sixth of what ReLU needs, so a deep ReLU network's signal " +
    "fades sixfold per layer.",
  references: ["https://github.com/pytorch/pytorch/issues/15314"],
  kernel: "fanInUniform",
  bias: "fanInUniform",
});
