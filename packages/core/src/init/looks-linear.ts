import { formatShape, InputError } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkChoice, checkNonNegative, checkOptions } from "./options.ts";
import { orthonormal } from "./orthonormal.ts";
import { checkMatrix, structured } from "./structured.ts";

const MIRRORS = ["in", "out", "both"] as const;

export interface LooksLinearOptions {
  readonly gain?: number;
  /**
   * Which axis is doubled: "in" for `[W, −W]` after a concatenated ReLU, "out" for `[W; −W]`, the first
   * layer of a plain ReLU network, "both" for its hidden layers; "in" again for its last.
   */
  readonly mirror?: (typeof MIRRORS)[number];
}

/**
 * Looks linear: orthogonal blocks mirrored as `[W, −W]`, so that a ReLU network starts as a linear map.
 *
 * With inputs relu(x) and relu(−x), `[W, −W]` gives W · relu(x) − W · relu(−x) = W · x. Gradients
 * of deep ReLU networks decorrelate with depth; these do not. [1]
 *
 * ```ts
 * const [a, b] = looksLinear().draw([1, 2], key(0)).data;
 * a + b; // 0
 * a * a; // ≈ 1
 * ```
 *
 * [1] Balduzzi et al. 2017, https://arxiv.org/abs/1702.08591
 */
export const looksLinear = (options: LooksLinearOptions = {}): Initializer => {
  const { gain = 1, mirror = "in" } = checkOptions(looksLinearEntry, options);
  checkNonNegative("looksLinear", "gain", gain);
  checkChoice("looksLinear", "mirror", mirror, MIRRORS);
  const down = mirror === "in" ? 1 : 2;
  const across = mirror === "out" ? 1 : 2;
  return structured({
    name: "looksLinear",
    options: canonicalOptions({ gain, mirror }, { gain: 1, mirror: "in" }),
    random: gain > 0,
    check: (shape) => {
      checkMatrix("looksLinear", shape);
      if (shape[0]! % down !== 0 || shape[1]! % across !== 0) {
        throw new InputError(
          "looksLinear",
          `expected an even number of what is mirrored ("${mirror}"), got ${formatShape(shape)}`,
        );
      }
    },
    fill: (out, [rows, cols], source) => {
      const height = rows! / down;
      const width = cols! / across;
      const block = orthonormal(height, width, source, out.subarray(0, height * width));
      for (let i = 0; i < rows!; i++) {
        for (let j = 0; j < cols!; j++) {
          const sign = i >= height === j >= width ? gain : -gain;
          out[i * cols! + j] = sign * block(i % height, j % width);
        }
      }
    },
  });
};

export const looksLinearEntry = initializerEntry({
  name: "looksLinear",
  aliases: [],
  summary: "Orthogonal blocks mirrored as [W, −W]: a ReLU network starts as a linear map.",
  formula: "[W, −W], [W; −W] or [W, −W; −W, W] with W = gain · Q orthogonal",
  text:
    "Fed relu(x) and relu(−x), [W, −W] computes W · x: the kinks cancel, and the network starts linear at any " +
    "depth. In deep ReLU networks the gradients of nearby inputs become as unlike as white noise; here they do not.",
  references: ["Balduzzi et al. 2017, The shattered gradients problem, https://arxiv.org/abs/1702.08591"],
  options: {
    gain: { summary: "Multiplies the orthonormal block.", default: 1 },
    mirror: { summary: "Which axis is doubled.", default: "in", choices: MIRRORS },
  },
  needs: "a dense layer, even inputs",
  valueOption: null,
  create: (options) => looksLinear(options as LooksLinearOptions),
});
