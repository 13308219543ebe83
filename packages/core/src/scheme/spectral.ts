import { sizeOf } from "../base/index.ts";
import { canonicalOptions, checkChoice, checkNonNegative, orthogonal, random } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import { isWeight } from "./fitted.ts";
import { byRole, type Start } from "./roles.ts";
import { type Scheme, schemeEntry } from "./scheme.ts";
import { needUntied } from "./untied.ts";

const DISTRIBUTIONS = ["normal", "orthogonal"] as const;

export interface SpectralOptions {
  /** Multiplies the norm; 1 by default. */
  readonly gain?: number;
  readonly distribution?: (typeof DISTRIBUTIONS)[number];
}

/**
 * Spectral: every kernel's largest singular value is gain · √(fanOut / fanIn), so that a layer maps signals
 * of root mean square 1 to such signals at most, and at most √(fanOut / fanIn) is also what its updates need. [1]
 *
 * A Gaussian matrix has the norm σ (√fanIn + √fanOut) as it grows, so σ is √(fanOut / fanIn) over that sum,
 * 1 / √fanIn · min(1, √(fanOut / fanIn)) up to a factor of 2; an orthogonal one has it exactly. Where a layer
 * narrows, as the output layer does, σ is far below He's: what the layer loses on Gaussian inputs it gains
 * once they align. The learning rates that belong to it: gradient descent fanOut / fanIn (biases fanOut),
 * Adam 1 / fanIn (biases 1) times the rate.
 *
 * ```ts
 * const [layer] = explainInitialization(mlp([256, 64]), "spectral");
 * layer.std; // ≈ 0.0208333 = √(64 / 256) / (√256 + √64)
 * const exact = { name: "spectral", distribution: "orthogonal" };
 * const { data } = initialize(mlp([16, 4]), { initialization: exact })["dense1/kernel"];
 * singularValues(data, 4, 16)[0]; // ≈ 0.500000 = √(4 / 16)
 * ```
 *
 * Errors: `InputError` on a negative gain or an unknown distribution.
 *
 * [1] Yang, Simon and Bernstein 2023, https://arxiv.org/abs/2310.17813
 */
export const spectral = ({ gain = 1, distribution = "normal" }: SpectralOptions = {}): Scheme => {
  checkNonNegative("spectral", "gain", gain);
  checkChoice("spectral", "distribution", distribution, DISTRIBUTIONS);
  return {
    name: "spectral",
    options: canonicalOptions({ gain, distribution }, { gain: 1, distribution: "normal" }),
    check: (slots) => needUntied("spectral", slots),
    start: byRole(
      (slot) => {
        const [outputs, inputs] = matrixOf(slot);
        const norm = gain * Math.sqrt(outputs / inputs);
        const kernel =
          distribution === "orthogonal"
            ? orthogonal({ gain: norm })
            : random({ std: norm / (Math.sqrt(inputs) + Math.sqrt(outputs)) });
        const reason = `largest singular value ${Number(norm.toPrecision(4))} = √(fanOut / fanIn)`;
        return { initializer: kernel, reason: gain === 1 ? reason : `${reason} · ${gain}` };
      },
      { embedding: table(gain), positionEmbedding: table(gain) },
    ),
    rates: (slot) => {
      if (slot.role === "bias") return { gradientDescent: slot.fans.fanOut, adam: 1 };
      if (!isWeight(slot)) return { gradientDescent: slot.shape.at(-1)!, adam: 1 };
      const [outputs, inputs] = matrixOf(slot);
      return { gradientDescent: outputs / inputs, adam: 1 / inputs };
    },
  };
};

/** Rows and columns of the matrix that takes what one output sees: a convolution's patch, or one group's of it. */
const matrixOf = ({ shape: [rows = 1, ...rest], parts = 1 }: ParameterSlot): [number, number] => [
  rows / parts,
  sizeOf(rest),
];

/** A table's rows are the layer of one input: the norm √width means entries of variance 1. */
const table =
  (gain: number): Start =>
  () => ({ initializer: random({ std: gain }), reason: "rows of length √width: one token is one input" });

export const spectralEntry = schemeEntry({
  name: "spectral",
  aliases: [],
  summary: "Every kernel's largest singular value is √(fanOut / fanIn): no layer stretches what it sees.",
  formula: "‖W‖₂ = gain · √(fanOut / fanIn); normal: σ = that / (√fanIn + √fanOut); b = 0",
  text:
    "Features are learnt at any width if and only if weights and their updates have spectral norms in proportion to " +
    "√(fanOut / fanIn); entry sizes and Frobenius norms do not decide it. The rates that belong to it: gradient descent " +
    "fanOut / fanIn, Adam 1 / fanIn times the rate. Gaussian matrices have the norm in the limit of width, " +
    "orthogonal ones (distribution) exactly.",
  references: [
    "Yang, Simon and Bernstein 2023, A spectral condition for feature learning, https://arxiv.org/abs/2310.17813",
  ],
  options: {
    gain: { summary: "Multiplies the norm.", default: 1 },
    distribution: { summary: "Of the weights.", default: "normal", choices: DISTRIBUTIONS },
  },
  create: (options) => spectral(options as SpectralOptions),
});
