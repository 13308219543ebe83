import { InputError, shown } from "../base/index.ts";
import { canonicalOptions, initializer, zeros } from "../init/index.ts";
import { blockStart } from "./block-start.ts";
import { fittingKernel } from "./fitting.ts";
import { byRole } from "./roles.ts";
import { type Scheme, schemeEntry } from "./scheme.ts";
import { settlingStart } from "./settling.ts";

export interface AutoOptions {
  /** (1/n) Σ x² of the inputs, where it is known: `train` and `compare` take it from their data. */
  readonly inputSquare?: number;
}

/**
 * Each layer gets what fits the activation after it, with zero biases. Deep networks of GELU, SiLU, Mish or hard
 * swish get the pair of weight and bias variance at which lengths settle while χ₁ = 1 instead: without biases every
 * length of theirs is unstable. [1]
 *
 * ```ts
 * const deep = mlp([784, ...Array<number>(20).fill(256), 10], { activation: "silu" });
 * const [first, second] = explainInitialization(deep, { name: "auto", inputSquare: 1 });
 * first.std; // ≈ 0.183914 = √(26.5182 / 784)
 * second.bias; // { name: "random", std: 0.8944271909999159 }
 * ```
 *
 * Errors: `InputError` on an `inputSquare` that is not positive.
 *
 * [1] Roberts, Yaida and Hanin 2022, The Principles of Deep Learning Theory, chapter 5
 */
export const auto = ({ inputSquare }: AutoOptions = {}): Scheme => {
  if (inputSquare !== undefined && !(Number.isFinite(inputSquare) && inputSquare > 0)) {
    throw new InputError(
      "auto",
      `expected inputSquare > 0, got ${shown(inputSquare)}`,
      "It is the mean of the squared inputs. Leave it out where it is not known.",
    );
  }
  const start = byRole(
    (slot, slots) =>
      settlingStart(slot, slots, inputSquare) ?? { initializer: initializer(fittingKernel(slot)) },
    { bias: (slot, slots) => settlingStart(slot, slots, inputSquare) ?? { initializer: zeros() } },
  );
  return {
    name: "auto",
    options: canonicalOptions({ inputSquare }),
    start: (slot, slots) => blockStart(slot, slots) ?? start(slot, slots),
  };
};

export const autoEntry = schemeEntry({
  name: "auto",
  aliases: [],
  summary: "Gives each layer what fits the activation after it; the default.",
  formula:
    "He for the ReLU family, Glorot for tanh and sigmoid, LeCun for SELU, SIREN for sin, else N(0, gain²/fanIn)",
  text:
    "Where no classic scheme was made for an activation, the gain is 1 / √E[φ(z)²] for standard normal z, by quadrature: " +
    "then a signal of length 1 is kept by the next layer. A linear output layer gets what fits the activation before it. Biases " +
    "are zero. Under GELU, SiLU, Mish and hard swish no length is stable without biases. With ten hidden layers or more, of Mish " +
    "twenty, these get weights and biases at the critical pair, at which lengths settle and gradients keep their size; the first layer " +
    "brings the inputs to that length. train and compare measure the inputs' second moment on the training data. In networks with " +
    "residual blocks the last weights of each branch are smaller by the root of the number of blocks, unless a norm follows them, " +
    "so that the sum does not grow with depth; branches that end with a learned factor start as fixup or skipInit says. " +
    "Tables of tokens and positions add up to entries of variance 1; one that is also the output has rows of length 1. " +
    "docs/choosing.md says why.",
  references: [
    "He et al. 2015, arXiv:1502.01852",
    "Glorot and Bengio 2010",
    "Klambauer et al. 2017, arXiv:1706.02515",
    "Roberts, Yaida and Hanin 2022, The Principles of Deep Learning Theory, chapter 5",
  ],
  options: {
    inputSquare: {
      summary:
        "Mean of the squared inputs, for deep networks of GELU, SiLU, Mish and hard swish; from the data in train and compare.",
      default: null,
    },
  },
  create: (options) => auto(options),
});
