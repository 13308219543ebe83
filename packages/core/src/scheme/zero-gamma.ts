import { initializer, ones, zeros } from "../init/index.ts";
import { isLastNorm, needInEach } from "./blocks.ts";
import { fittingKernel } from "./fitting.ts";
import { overBlocks } from "./residual-start.ts";
import { byRole } from "./roles.ts";

/**
 * Zero γ: the scale of the last normalization of each residual branch starts at 0, all else as it would be.
 *
 * Every block then starts as its shortcut, as under `skipInit`: the network is shallow at first, and gradients reach
 * every layer through the sums. In the first step a branch only moves its last scale and shift. [1, §5.1]
 *
 * ```ts
 * const parameters = initialize(resNet({ depth: 8, width: 2, input: [3, 8, 8] }), { initialization: "zeroGamma" });
 * parameters["residual1/branch/batchNorm2/scale"].data; // Float32Array [0, 0]
 * parameters["residual1/branch/batchNorm1/scale"].data; // Float32Array [1, 1]
 * ```
 *
 * Errors: `InputError` on a model in which a branch has no normalization after its last weights.
 *
 * [1] Goyal et al. 2017, https://arxiv.org/abs/1706.02677
 */
export const zeroGammaEntry = overBlocks({
  name: "zeroGamma",
  aliases: ["zeroInitResidual"],
  summary: "The last normalization of each residual branch starts with scale 0: every block is its shortcut.",
  formula: "γ = 0 in the last norm of a branch, 1 in others; weights as what fits their activation",
  text:
    "The network starts as its shortcuts, shallow, and grows as it learns; in the first step a branch only moves its last " +
    "scale and shift. PyTorch's torchvision calls it zero_init_residual. Needs residual branches with a normalization after their last weights, as " +
    "those of resNet.",
  references: [
    "Goyal et al. 2017, Accurate, large minibatch SGD: training ImageNet in 1 hour, https://arxiv.org/abs/1706.02677",
  ],
  needs: "residual branches that end with a normalization",
  check: (slots) =>
    needInEach("zeroGamma", slots, {
      sort: isLastNorm,
      words: "end with a normalization",
      fix: 'resNet({ norm: "batch" }) has such branches. Where a norm begins the branch, gpt2 makes its last weights small.',
    }),
  start: byRole((slot) => ({ initializer: initializer(fittingKernel(slot)) }), {
    scale: (slot) =>
      isLastNorm(slot)
        ? { initializer: zeros(), reason: "last norm of the branch: the block starts as its shortcut" }
        : { initializer: ones() },
  }),
});
