import { formatShape, InputError, sizeOf } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkNonNegative, checkOptions } from "./options.ts";
import { orthonormal } from "./orthonormal.ts";
import { centreOf, checkConvolution, structured } from "./structured.ts";

export interface DeltaOrthogonalOptions {
  readonly gain?: number;
}

/**
 * A convolution that is an orthogonal matrix at the kernel's centre and zero elsewhere, times `gain`.
 *
 * It keeps the length of every signal, as `orthogonal` does for dense layers; `orthogonal` on a
 * convolution does not, because its kernel's positions overlap. Trains networks of 10,000 layers. [1]
 * The centre of an even kernel is (k − 1) / 2 rounded down. Needs out ≥ in.
 *
 * ```ts
 * const w = deltaOrthogonal().draw([1, 1, 3], key(0)).data;
 * [w[0], w[1] * w[1], w[2]]; // ≈ [0, 1, 0]
 * ```
 *
 * [1] Xiao et al. 2018, https://arxiv.org/abs/1806.05393
 */
export const deltaOrthogonal = (options: DeltaOrthogonalOptions = {}): Initializer => {
  const { gain = 1 } = checkOptions(deltaOrthogonalEntry, options);
  checkNonNegative("deltaOrthogonal", "gain", gain);
  return structured({
    name: "deltaOrthogonal",
    options: canonicalOptions({ gain }, { gain: 1 }),
    random: gain > 0,
    check: (shape) => {
      checkConvolution("deltaOrthogonal", shape, "Use orthogonal for a dense layer.");
      const [out, input] = shape;
      if (out! < input!) {
        throw new InputError(
          "deltaOrthogonal",
          `expected at least as many outputs as inputs, got ${formatShape(shape)}`,
          "Fewer outputs cannot keep every length. Use orthogonal, which keeps what it can.",
        );
      }
    },
    fill: (out, [rows, cols, ...kernel], source) => {
      const q = orthonormal(rows!, cols!, source, out.subarray(0, rows! * cols!));
      out.fill(0);
      const field = sizeOf(kernel);
      const centre = centreOf(kernel, "down");
      for (let i = 0; i < rows!; i++) {
        for (let j = 0; j < cols!; j++) out[(i * cols! + j) * field + centre] = gain * q(i, j);
      }
    },
  });
};

export const deltaOrthogonalEntry = initializerEntry({
  name: "deltaOrthogonal",
  aliases: [],
  summary: "A convolution that is orthogonal at the kernel's centre and zero elsewhere.",
  formula: "W[:, :, centre] = gain · Q with orthonormal columns, 0 elsewhere",
  text:
    "Keeps the length of every signal through a convolution, which an orthogonal matrix over channels and kernel " +
    "together does not, because the positions of the kernel overlap. Needs at least as many outputs as inputs.",
  references: [
    "Xiao et al. 2018, Dynamical isometry and a mean field theory of CNNs, https://arxiv.org/abs/1806.05393",
  ],
  options: { gain: { summary: "Multiplies the orthonormal matrix.", default: 1 } },
  needs: "a convolution, outputs ≥ inputs",
  elsewhere: "orthogonal",
  valueOption: null,
  create: (options) => deltaOrthogonal(options),
});
