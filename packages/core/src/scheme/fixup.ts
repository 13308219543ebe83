import { KIND, optionsOf } from "../base/index.ts";
import { zeros } from "../init/index.ts";
import { pow } from "../math/index.ts";
import { branchOf, figure, heTimes } from "./blocks.ts";
import { checkCount, overBlocks, plainStart, type ResidualStart } from "./residual-start.ts";
import { byRole, type Start } from "./roles.ts";

export interface FixupOptions {
  /** L: residual blocks of the network. */
  readonly blocks: number;
  /** p: layers of weights in a branch; 2 by default. */
  readonly layers?: number;
}

/**
 * Fixup: residual networks without normalization, at any depth. The last layer of each branch and the head
 * are 0; the other layers of a branch are L^(−1/(2p − 2)) times what He gives; each branch has a learnt
 * multiplier, 1 at first, and learnt scalar biases, 0 at first. [1, §3.2]
 *
 * A step changes a branch of p layers by the product of p − 1 of them twice over, so all L branches
 * together by L · gain^(2p − 2): with this gain 1 whatever the depth.
 *
 * ```ts
 * fixup({ blocks: 100 }).gains; // ≈ [0.1, 0]
 * fixup({ blocks: 16, layers: 3 }).gains; // ≈ [0.5, 0.5, 0]
 * fixup({ blocks: 100 }).head; // 0
 * ```
 *
 * Errors: `InputError` on counts that are no integers ≥ 1.
 *
 * [1] Zhang, Dauphin and Ma 2019, https://arxiv.org/abs/1901.09321
 */
export const fixup = (options: FixupOptions): ResidualStart => {
  const { blocks, layers = 2 } = optionsOf("fixup", options, { blocks: KIND.number, layers: KIND.number });
  checkCount("fixup", "blocks", blocks);
  checkCount("fixup", "layers", layers);
  const gain = layers === 1 ? 0 : pow(blocks, -1 / (2 * layers - 2));
  const gains = Array.from({ length: layers }, (_, layer) => (layer === layers - 1 ? 0 : gain));
  return { ...plainStart(layers), gains, learnt: true, scalarBiases: true, head: 0 };
};

const kernel: Start = (slot) => {
  const { place } = slot;
  if (place.output) return { initializer: zeros(), reason: "the head starts at 0" };
  const branch = branchOf(slot);
  if (branch === null) return heTimes(slot, 1, "outside the branches as He has it");
  const { layer, layers, count } = branch;
  if (branch.last) {
    const normed = place.normalized
      ? "; the norm after it has nothing to divide at the first step, which zeroGamma avoids"
      : "";
    return { initializer: zeros(), reason: `last weights of the branch: it starts as 0${normed}` };
  }
  const factor = fixup({ blocks: count, layers }).gains[layer]!;
  const power = `${count}^(−1/${2 * layers - 2})`;
  return heTimes(
    slot,
    factor,
    `He's × L^(−1/(2p − 2)) = ${power} = ${figure(factor)}: ${count} blocks of ${layers} layers`,
  );
};

/** What each parameter of a network with residual blocks starts from under Fixup. */
export const fixupStart = byRole(kernel);

export const fixupEntry = overBlocks({
  start: fixupStart,
  name: "fixup",
  aliases: [],
  summary: "Residual blocks without normalization: last layer of each branch 0, the others smaller by depth.",
  formula: "last layer of a branch and head 0; others × L^(−1/(2p − 2)), L blocks of p layers",
  text:
    "At the start every block is the identity, and a step changes the network's output by as much at any depth: each " +
    "of L branches contributes the product of p − 1 layers twice over, which the factor makes 1/L. Each branch also has " +
    "a learnt multiplier (1) and learnt scalar biases (0) before its layers and activations. Needs a model with " +
    "residual blocks; the function fixup({ blocks, layers }) gives the figures.",
  references: [
    "Zhang, Dauphin and Ma 2019, Fixup initialization: residual learning without normalization, https://arxiv.org/abs/1901.09321",
  ],
});
