import { elementwise } from "./elementwise.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";

/**
 * Uniform within ±1 / √fanIn: what PyTorch gives the biases of dense and convolutional layers, and
 * their kernels too.
 *
 * As a kernel its variance is 1 / (3 · fanIn), a sixth of what ReLU needs. A bias has no fan of its own:
 * it takes the kernel's.
 *
 * ```ts
 * fanInUniform().distribution([10], { fanIn: 4, fanOut: 10 }); // { kind: "uniform", low: -0.5, high: 0.5 }
 * fanInUniform().std([10, 3]); // ≈ 0.333333
 * ```
 *
 * LeCun et al. 1998, Efficient BackProp
 */
export const fanInUniform = (): Initializer =>
  elementwise({
    name: "fanInUniform",
    distribution: ({ fanIn }) => ({
      kind: "uniform",
      low: -1 / Math.sqrt(fanIn),
      high: 1 / Math.sqrt(fanIn),
    }),
    std: ({ fanIn }) => 1 / Math.sqrt(3 * fanIn),
  });

export const fanInUniformEntry = initializerEntry({
  name: "fanInUniform",
  aliases: [],
  summary: "Uniform within ±1 / √fanIn: how PyTorch starts biases and kernels.",
  formula: "w ~ U(±1 / √fanIn)",
  text:
    "As a kernel it equals kaiming_uniform_(a = √5): variance 1 / (3 · fanIn), so that the second moment of " +
    "a signal falls sixfold at each ReLU layer. A bias takes the fan-in of its kernel.",
  references: ["LeCun et al. 1998, Efficient BackProp, §4.6"],
  options: {},
  valueOption: null,
  create: fanInUniform,
});
