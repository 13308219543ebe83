import { elementwise } from "./elementwise.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkOptions } from "./options.ts";

export interface ConstantOptions {
  readonly value?: number;
}

/**
 * Every element is `value`.
 *
 * As a kernel it leaves the units of a layer equal, and equal they stay; as a bias it is a start
 * like any other: a small positive one keeps ReLU units awake.
 *
 * ```ts
 * constant({ value: 0.5 }).draw([2, 2], key(0)).data; // Float32Array [0.5, 0.5, 0.5, 0.5]
 * ```
 */
export const constant = (options: ConstantOptions = {}): Initializer => {
  const { value = 0 } = checkOptions(constantEntry, options);
  return constantOf("constant", value, canonicalOptions({ value }, { value: 0 }));
};

/** The initializer `name` that gives `value` everywhere and draws nothing from the source. */
export const constantOf = (name: string, value: number, options = {}): Initializer => {
  checkFinite(name, "value", value);
  return elementwise({ name, options, distribution: { kind: "constant", value }, std: () => 0 });
};

export const constantEntry = initializerEntry({
  name: "constant",
  aliases: ["const"],
  summary: "Every element the same value.",
  formula: "w = value",
  text:
    "As a kernel it leaves the units of a layer equal: they receive equal gradients and stay equal, so a layer " +
    "of any width computes what one unit would. As a bias it is a start like any other.",
  references: [
    "Goodfellow, Bengio and Courville 2016, Deep Learning, §8.4, https://www.deeplearningbook.org/contents/optimization.html",
  ],
  options: { value: { summary: "The value.", default: 0 } },
  valueOption: "value",
  create: (options) => constant(options),
});
