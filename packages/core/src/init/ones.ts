import { constantOf } from "./constant.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * Every element 1: for multipliers, such as the scale of a normalization.
 *
 * ```ts
 * ones().draw([2], key(0)).data; // Float32Array [1, 1]
 * ```
 */
export const ones = (): Initializer => constantOf("ones", 1);

export const onesEntry = initializerEntry({
  name: "ones",
  aliases: ["one"],
  summary: "Every element 1: for multipliers.",
  formula: "w = 1",
  text:
    "For multipliers, such as the scale of a normalization. As a kernel it leaves the units of a layer equal, " +
    "as zeros do, and multiplies the signal by the fan-in at every layer.",
  references: [
    "Goodfellow, Bengio and Courville 2016, Deep Learning, §8.4, https://www.deeplearningbook.org/contents/optimization.html",
  ],
  options: {},
  valueOption: null,
  create: ones,
});
