import { KIND, optionsOf } from "../base/index.ts";
import { checkFinite } from "../init/index.ts";
import { checkCount, overBlocks, plainStart, type ResidualStart } from "./residual-start.ts";

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

export const skipInitEntry = overBlocks({
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
