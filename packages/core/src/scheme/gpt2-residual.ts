import { KIND, optionsOf } from "../base/index.ts";
import { checkCount, overBlocks, plainStart, type ResidualStart } from "./residual-start.ts";

export interface Gpt2ResidualOptions {
  /** N: residual additions of the network; a transformer has two a layer. */
  readonly blocks: number;
  /** Layers of weights in a branch; 2 by default. */
  readonly layers?: number;
}

/**
 * GPT-2: the last layer of each branch, its projection back into the residual stream, is 1 / √N times what it
 * would be, N being the number of residual additions. [1, §2.3]
 *
 * N independent branches of equal variance add up to N times that; the factor keeps the sum at 1. In practice
 * every weight is N(0, 0.02²), and a transformer of l layers has N = 2l, so projections are N(0, (0.02 / √(2l))²).
 *
 * ```ts
 * gpt2Residual({ blocks: 24 }).gains; // ≈ [1, 0.204124]
 * 0.02 * gpt2Residual({ blocks: 2 * 12 }).gains[1]; // ≈ 0.004082 = 0.02 / √24
 * ```
 *
 * Errors: `InputError` on counts that are no integers ≥ 1.
 *
 * [1] Radford et al. 2019, Language models are unsupervised multitask learners
 */
export const gpt2Residual = (options: Gpt2ResidualOptions): ResidualStart => {
  const { blocks, layers = 2 } = optionsOf("gpt2Residual", options, {
    blocks: KIND.number,
    layers: KIND.number,
  });
  checkCount("gpt2Residual", "blocks", blocks);
  checkCount("gpt2Residual", "layers", layers);
  const start = plainStart(layers);
  return { ...start, gains: start.gains.with(layers - 1, 1 / Math.sqrt(blocks)) };
};

export const gpt2ResidualEntry = overBlocks({
  name: "gpt2Residual",
  aliases: ["gpt2"],
  summary: "Last layer of each residual branch smaller by √N: the sum over depth stays as it is.",
  formula: "last layer of a branch × 1/√N, N residual additions; GPT-2: 0.02/√(2 · layers)",
  text:
    "N independent branches of equal variance add N times that to the residual stream; each is made smaller by the " +
    "root. GPT-2 draws all weights from N(0, 0.02²), and has two residual additions per layer. Needs a model with " +
    "residual blocks; the function gpt2Residual({ blocks, layers }) gives the figures.",
  references: ["Radford et al. 2019, Language models are unsupervised multitask learners, §2.3"],
});
