import { formatShape, InputError, sizeOf } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkOptions, checkPositiveInteger } from "./options.ts";
import { centreOf, checkConvolution, structured } from "./structured.ts";

export interface DiracOptions {
  /** In each group of outputs, output i hands on input i. */
  readonly groups?: number;
}

/**
 * A convolution that hands on its input: 1 at the kernel's centre where output and input channel are
 * the same, 0 elsewhere. The centre of an even kernel is k / 2.
 *
 * ```ts
 * dirac().draw([2, 2, 3], key(0)).data; // Float32Array [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
 * ```
 *
 * Zagoruyko and Komodakis 2017, https://arxiv.org/abs/1706.00388
 */
export const dirac = (options: DiracOptions = {}): Initializer => {
  const { groups = 1 } = checkOptions(diracEntry, options);
  checkPositiveInteger("dirac", "groups", groups);
  return structured({
    name: "dirac",
    options: canonicalOptions({ groups }, { groups: 1 }),
    random: false,
    check: (shape) => {
      checkConvolution("dirac", shape, "Use identity for a dense layer.");
      if (shape[0]! % groups !== 0) {
        throw new InputError(
          "dirac",
          `expected groups to divide the outputs of ${formatShape(shape)}, got ${groups}`,
        );
      }
    },
    fill: (out, [rows, cols, ...kernel]) => {
      const field = sizeOf(kernel);
      const centre = centreOf(kernel, "up");
      const outputs = rows! / groups;
      for (let i = 0; i < rows!; i++) {
        const channel = i % outputs;
        if (channel < cols!) out[(i * cols! + channel) * field + centre] = 1;
      }
    },
  });
};

export const diracEntry = initializerEntry({
  name: "dirac",
  aliases: [],
  summary: "A convolution that starts by handing on its input.",
  formula: "W[i, j, centre] = 1 where i = j, else 0",
  text: "The identity for convolutions. With groups, each group of outputs hands on its own inputs.",
  references: [
    "Zagoruyko and Komodakis 2017, DiracNets: training very deep networks without skip-connections, https://arxiv.org/abs/1706.00388",
  ],
  options: { groups: { summary: "Groups of the convolution.", default: 1 } },
  needs: "a convolution",
  elsewhere: "identity",
  valueOption: null,
  create: (options) => dirac(options),
});
