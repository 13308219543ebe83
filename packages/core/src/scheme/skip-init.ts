import { KIND, optionsOf } from "../base/index.ts";
import { checkFinite, initializer, ones, zeros } from "../init/index.ts";
import { isFactor, needInEach } from "./blocks.ts";
import { fittingKernel } from "./fitting.ts";
import { checkCount, overBlocks, plainStart, type ResidualStart } from "./residual-start.ts";
import { byRole, type Start } from "./roles.ts";

export interface SkipInitOptions {
  /** Layers of weights in a branch; 2 by default. */
  readonly layers?: number;
  /** α at the start, 0 by default; 1 / √blocks is the largest that keeps the signal bounded. */
  readonly alpha?: number;
}

/**
 * SkipInit (ReZero): x + αF(x) with α learnt and 0 at first, all weights as they would be anyway.
 *
 * Every block starts as the identity, so depth neither fades nor grows the signal; batch normalization does
 * much the same by shrinking branches. In the first step only α has a gradient. [1, 2]
 *
 * ```ts
 * skipInit().branch; // 0
 * skipInit().gains; // [1, 1]
 * ```
 *
 * Errors: `InputError` on a count that is no integer ≥ 1.
 *
 * [1] De and Smith 2020, https://arxiv.org/abs/2002.10444
 * [2] Bachlechner et al. 2020, https://arxiv.org/abs/2003.04887
 */
export const skipInit = (options: SkipInitOptions = {}): ResidualStart => {
  const { layers = 2, alpha = 0 } = optionsOf("skipInit", options, {
    layers: KIND.number,
    alpha: KIND.number,
  });
  checkCount("skipInit", "layers", layers);
  checkFinite("skipInit", "alpha", alpha);
  return { ...plainStart(layers), branch: alpha, learnt: true };
};

/** A learned factor at the end of a branch starts at 0, another scale at 1. */
export const factorStart: Start = (slot) =>
  isFactor(slot)
    ? { initializer: zeros(), reason: "the branch starts as 0, so that the block is the identity" }
    : { initializer: ones() };

export const skipInitEntry = overBlocks({
  needs: "residual branches that end with a learned factor",
  check: (slots) =>
    needInEach("skipInit", slots, {
      sort: isFactor,
      words: "end with a learned factor",
      fix: 'Let { kind: "scale" } end the branch, as resNet({ norm: "skipInit" }) does. Where a norm ends it, zeroGamma does the same.',
    }),
  start: byRole((slot) => ({ initializer: initializer(fittingKernel(slot)) }), { scale: factorStart }),
  name: "skipInit",
  aliases: ["rezero"],
  summary: "Residual blocks x + αF(x) with α learnt and 0 at first.",
  formula: "x ← x + αF(x), α = 0; other weights unchanged",
  text:
    "Every block starts as the identity, whatever it holds, so a network of any depth starts as its head on its " +
    "input. Batch normalization has the same effect: it makes branches smaller than the skip by the root of the depth. " +
    "Needs a model with residual blocks; the function skipInit() gives the figures.",
  references: [
    "De and Smith 2020, Batch normalization biases residual blocks towards the identity function in deep networks, https://arxiv.org/abs/2002.10444",
    "Bachlechner et al. 2020, ReZero is all you need, https://arxiv.org/abs/2003.04887",
  ],
});
