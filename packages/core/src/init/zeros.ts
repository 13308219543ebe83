import { constantOf } from "./constant.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * Every element 0: right for biases, fatal for kernels.
 *
 * With zero kernels every hidden unit computes the same and receives the same gradient, so the units
 * of a layer never become different; with ReLU that gradient is 0 as well, and only the last bias learns.
 *
 * ```ts
 * zeros().draw([3], key(0)).data; // Float32Array [0, 0, 0]
 * ```
 */
export const zeros = (): Initializer => constantOf("zeros", 0);

export const zerosEntry = initializerEntry({
  name: "zeros",
  aliases: ["zero"],
  summary: "Every element 0: right for biases, fatal for kernels.",
  formula: "w = 0",
  text:
    "Nothing tells the units of a layer apart: each computes the same, receives the same gradient and takes the " +
    "same step, for ever. With ReLU the hidden gradient is 0 as well, so only the last bias learns, and the " +
    "network gives every input the same output. Biases may be zero, because the kernels already break the symmetry.",
  references: [
    "Goodfellow, Bengio and Courville 2016, Deep Learning, §8.4, https://www.deeplearningbook.org/contents/optimization.html",
  ],
  options: {},
  valueOption: null,
  create: zeros,
});
