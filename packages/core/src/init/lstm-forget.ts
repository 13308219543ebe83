import { formatShape, InputError } from "../base/index.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkOptions } from "./options.ts";
import { structured } from "./structured.ts";

export interface LstmForgetOptions {
  readonly value?: number;
}

/**
 * Bias `[4 · units]` of an LSTM: `value` for the forget gate, the second quarter, and 0 for the others.
 *
 * At bias 0 the forget gate starts half closed, and what a cell remembers halves at every step; at 1 it
 * keeps 73 %. [1] An LSTM with two biases needs this in one of them.
 *
 * ```ts
 * lstmForget().draw([8], key(0)).data; // Float32Array [0, 0, 1, 1, 0, 0, 0, 0]
 * ```
 *
 * [1] Jozefowicz et al. 2015, https://proceedings.mlr.press/v37/jozefowicz15.html
 */
export const lstmForget = (options: LstmForgetOptions = {}): Initializer => {
  const { value = 1 } = checkOptions(lstmForgetEntry, options);
  checkFinite("lstmForget", "value", value);
  return structured({
    name: "lstmForget",
    options: canonicalOptions({ value }, { value: 1 }),
    random: false,
    check: (shape) => {
      if (shape.length !== 1 || shape[0]! % 4 !== 0) {
        throw new InputError("lstmForget", `expected a bias [4 · units], got ${formatShape(shape)}`);
      }
    },
    fill: (out) => {
      out.fill(value, out.length / 4, out.length / 2);
    },
  });
};

export const lstmForgetEntry = initializerEntry({
  name: "lstmForget",
  aliases: ["unitForgetBias"],
  summary: "Bias of an LSTM whose forget gate starts open.",
  formula: "b = [0, value, 0, 0] for the gates input, forget, cell, output",
  text:
    "At bias 0 the forget gate starts at one half, and what a cell remembers halves at every step; at 1 it keeps " +
    "73 %. An LSTM that adds two biases needs this in one of them only.",
  references: [
    "Jozefowicz et al. 2015, An empirical exploration of recurrent network architectures, https://proceedings.mlr.press/v37/jozefowicz15.html",
  ],
  options: { value: { summary: "Bias of the forget gate.", default: 1 } },
  needs: "the bias of an LSTM",
  valueOption: null,
  create: (options) => lstmForget(options),
});
