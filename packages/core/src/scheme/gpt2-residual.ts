import { KIND, optionsOf } from "../base/index.ts";
import { checkNonNegative, random } from "../init/index.ts";
import { branchOf, figure } from "./blocks.ts";
import { checkCount, overBlocks, plainStart, type ResidualStart } from "./residual-start.ts";
import { byRole } from "./roles.ts";

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

const STD = 0.02;

export const gpt2ResidualEntry = overBlocks({
  options: { std: { summary: "Standard deviation of all other weights.", default: STD } },
  create: ({ std = STD }) => {
    const all = Number(std);
    checkNonNegative("gpt2", "std", all);
    const plain = () => ({
      initializer: random({ std: all }),
      reason: `N(0, ${figure(all)}²), as all weights`,
    });
    const start = byRole(
      (slot) => {
        const branch = branchOf(slot);
        if (branch?.last !== true) return plain();
        const factor = gpt2Residual({ blocks: branch.count, layers: 1 }).gains[0]!;
        return {
          initializer: random({ std: all * factor }),
          reason: `writes into the residual stream: ${figure(all)} / √${branch.count}, one over the root of the residual additions`,
        };
      },
      { embedding: plain, positionEmbedding: plain },
    );
    return start;
  },
  name: "gpt2Residual",
  aliases: ["gpt2"],
  summary: "Last layer of each residual branch smaller by √N: the sum over depth stays as it is.",
  formula:
    "w ~ N(0, 0.02²), last weights of a branch N(0, (0.02 / √N)²), N residual additions: 2 · layers; b = 0",
  text:
    "N independent branches of equal variance add N times that to the residual stream; each is made smaller by the " +
    "root. As GPT-2 does, all other weights and tables of embeddings are drawn from N(0, 0.02²) (std), biases are 0 and " +
    "norms 1 and 0; a transformer has two residual additions per layer. Needs a model with residual blocks; the function " +
    "gpt2Residual({ blocks, layers }) gives the figures.",
  references: ["Radford et al. 2019, Language models are unsupervised multitask learners, §2.3"],
});
