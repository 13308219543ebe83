import { fansOf, type Shape, sizeOf } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkNonNegative, checkOptions } from "./options.ts";
import { orthonormal } from "./orthonormal.ts";
import { structured } from "./structured.ts";

export interface OrthogonalOptions {
  readonly gain?: number;
}

/**
 * Random orthogonal: of the matrix `[out, in · ∏kernel]`, the rows are orthonormal (or the columns, when
 * there are fewer of those), times `gain`.
 *
 * A product of orthogonal matrices is orthogonal: a deep linear network keeps the length of every
 * signal and gradient exactly, where Gaussian ones keep it on average. Uniform over all such
 * matrices. [1]
 *
 * ```ts
 * const [a, b, c, d] = orthogonal().draw([2, 2], key(0)).data;
 * a * a + b * b; // ≈ 1
 * a * c + b * d; // ≈ 0
 * orthogonal().std([256, 784]); // ≈ 0.035714 = 1 / √784
 * ```
 *
 * [1] Saxe et al. 2014, https://arxiv.org/abs/1312.6120
 */
export const orthogonal = (options: OrthogonalOptions = {}): Initializer => {
  const { gain = 1 } = checkOptions(orthogonalEntry, options);
  checkNonNegative("orthogonal", "gain", gain);
  return structured({
    name: "orthogonal",
    options: canonicalOptions({ gain }, { gain: 1 }),
    random: gain > 0,
    check: (shape) => void fansOf(shape, "orthogonal"),
    std: (shape) => (sizeOf(shape) === 0 ? null : gain / Math.sqrt(Math.max(...matrixOf(shape)))),
    fill: (out, shape, source) => {
      const [rows, cols] = matrixOf(shape);
      const q = orthonormal(rows, cols, source, out);
      for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[i * cols + j] = gain * q(i, j);
    },
  });
};

const matrixOf = ([rows = 0, ...rest]: Shape): [number, number] => [rows, sizeOf(rest)];

export const orthogonalEntry = initializerEntry({
  name: "orthogonal",
  aliases: ["ortho"],
  summary: "Random orthogonal rows or columns: keeps every length, not only the average one.",
  formula: "W = gain · Q · sign(diag R), from the QR decomposition of a Gaussian matrix [out, in · ∏kernel]",
  text:
    "A product of orthogonal matrices is orthogonal, so in a deep linear network all singular values stay 1 where " +
    "those of Gaussian matrices spread out exponentially with depth. With tanh at a small gain above 1 the same " +
    "nearly holds. The signs make the distribution uniform over all orthogonal matrices.",
  references: [
    "Saxe et al. 2014, Exact solutions to the nonlinear dynamics of learning, https://arxiv.org/abs/1312.6120",
    "Mezzadri 2007, How to generate random matrices from the classical compact groups, https://arxiv.org/abs/math-ph/0609050",
  ],
  options: { gain: { summary: "Multiplies the orthonormal matrix.", default: 1 } },
  valueOption: "gain",
  create: (options) => orthogonal(options),
});
