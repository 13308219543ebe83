import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkOptions } from "./options.ts";
import { checkMatrix, structured } from "./structured.ts";

export interface IdentityOptions {
  readonly gain?: number;
}

/**
 * The identity matrix times `gain`: ones on the diagonal, also where the weight is not square.
 *
 * A layer then starts by handing on its input. For a recurrent ReLU network it is what carries
 * state over hundreds of steps. [1]
 *
 * ```ts
 * identity().draw([2, 3], key(0)).data; // Float32Array [1, 0, 0, 0, 1, 0]
 * ```
 *
 * [1] Le et al. 2015, https://arxiv.org/abs/1504.00941
 */
export const identity = (options: IdentityOptions = {}): Initializer => {
  const { gain = 1 } = checkOptions(identityEntry, options);
  checkFinite("identity", "gain", gain);
  return structured({
    name: "identity",
    options: canonicalOptions({ gain }, { gain: 1 }),
    random: false,
    check: (shape) => checkMatrix("identity", shape, "Use dirac for a convolution."),
    fill: (out, [rows, cols]) => {
      for (let i = 0; i < Math.min(rows!, cols!); i++) out[i * cols! + i] = gain;
    },
  });
};

export const identityEntry = initializerEntry({
  name: "identity",
  aliases: ["eye"],
  summary: "The identity matrix: a layer starts by handing on its input.",
  formula: "W[i, j] = gain where i = j, else 0",
  text:
    "A layer starts by handing on its input. Units are told apart by which input each sees, so no symmetry is " +
    "left where there are no more outputs than inputs; further outputs start at 0.",
  references: [
    "Le et al. 2015, A simple way to initialize recurrent networks of rectified linear units, https://arxiv.org/abs/1504.00941",
  ],
  options: { gain: { summary: "The value on the diagonal.", default: 1 } },
  needs: "a dense layer",
  elsewhere: "dirac",
  valueOption: null,
  create: (options) => identity(options),
});
