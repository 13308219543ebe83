import { either, formatShape, InputError, KIND, optionsOf, plural } from "../base/index.ts";
import { log } from "../math/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions } from "./options.ts";
import { structured } from "./structured.ts";

export interface OutputPriorOptions {
  /** How often each class occurs, as counts or shares, in the order of the classes; equal by default. */
  readonly frequencies?: readonly number[] | string;
}

/**
 * Bias of the output layer that makes the network start by answering with the frequencies of the classes:
 * log πᵢ for softmax, −log((1 − π) / π) for a single output, π being the share of class 1.
 *
 * With logits of 0 otherwise the loss starts at the entropy of the classes, the best that can be had
 * without looking at the inputs; with bias 0 the first steps learn no more than these frequencies, and with
 * a rare class their gradient swamps all other. [1, §3.3]
 *
 * ```ts
 * outputPrior({ frequencies: [0.99, 0.01] }).draw([1], key(0)).data; // ≈ [-4.59512]
 * outputPrior({ frequencies: [2, 1, 1] }).draw([3], key(0)).data; // ≈ [-0.693147, -1.386294, -1.386294]
 * ```
 *
 * Errors: `InputError` on a frequency that is not positive, and where their number does not fit the bias.
 *
 * [1] Lin et al. 2017, https://arxiv.org/abs/1708.02002
 */
export const outputPrior = (options: OutputPriorOptions = {}): Initializer => {
  const { frequencies = "" } = optionsOf("outputPrior", options, {
    frequencies: either(KIND.numbers, KIND.text),
  });
  const given = typeof frequencies === "string" ? parsed(frequencies) : frequencies;
  if (given.length === 1) throw new InputError("outputPrior", "expected at least 2 frequencies, got 1");
  for (const one of given) {
    if (!(Number.isFinite(one) && one > 0)) {
      throw new InputError(
        "outputPrior",
        `expected frequencies > 0, got ${String(one)}`,
        "A class that never occurs has no finite prior. Count it once, or leave it out.",
      );
    }
  }
  return structured({
    name: "outputPrior",
    options: canonicalOptions({ frequencies: given.join(",") }, { frequencies: "" }),
    random: false,
    check: (shape) => {
      const classes = shape[0] === 1 ? 2 : shape[0];
      if (shape.length !== 1 || (given.length > 0 && given.length !== classes)) {
        throw new InputError(
          "outputPrior",
          `expected a bias of one unit per class, or of 1 for two, got ${formatShape(shape)} for ${given.length} ${plural(given.length, "class", "classes")}`,
          "It is for the output layer.",
        );
      }
    },
    fill: (out) => {
      const all = given.length > 0 ? given : new Array<number>(Math.max(2, out.length)).fill(1);
      if (out.length === 1) out[0] = log(all[1]! / all[0]!);
      else {
        const sum = all.reduce((total, one) => total + one, 0);
        for (let i = 0; i < out.length; i++) out[i] = log(all[i]! / sum);
      }
    },
  });
};

const parsed = (text: string): number[] =>
  text.trim() === "" ? [] : text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));

export const outputPriorEntry = initializerEntry({
  name: "outputPrior",
  aliases: [],
  summary: "Bias of the output layer: the network starts by answering with the classes' frequencies.",
  formula: "b_i = log π_i; for a single output b = −log((1 − π) / π)",
  text:
    "The loss then starts at the entropy of the classes where the logits are small otherwise, the best that can be had " +
    "without looking at the inputs. With bias 0 the first steps learn no more than these frequencies, and where one " +
    "class is rare their gradient swamps all other. train and compare take the frequencies from the data with " +
    "--output-prior.",
  references: [
    "Lin et al. 2017, Focal loss for dense object detection, §3.3, https://arxiv.org/abs/1708.02002",
  ],
  options: {
    frequencies: {
      summary: "How often each class occurs, as in 90,10; by default equal.",
      default: "",
      text: true,
    },
  },
  needs: "the bias of the output layer",
  valueOption: null,
  create: (options) => outputPrior(options),
});
