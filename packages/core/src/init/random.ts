import { elementwise } from "./elementwise.ts";
import { type Initializer, initializerEntry } from "./initializer.ts";
import { canonicalOptions, checkFinite, checkNonNegative, checkOptions } from "./options.ts";

export interface RandomOptions {
  readonly mean?: number;
  readonly std?: number;
}

/**
 * Gaussian of one standard deviation for all layers: w ~ N(mean, std²), N(0, 0.01²) by default.
 *
 * It breaks the symmetry that zeros keep, and no more: the variance of a signal is multiplied by
 * fanIn · std² at each layer (halved by ReLU), so with std 0.01 and fanIn 100 the signal shrinks to
 * a tenth at every layer, and with std 10 it grows a hundredfold. `normal` is another name for it.
 *
 * ```ts
 * random().std([256, 784]); // 0.01
 * std(random({ std: 10 }).draw([256, 784], key(0)).data); // ≈ 10
 * ```
 */
export const random = (options: RandomOptions = {}): Initializer => {
  const { mean = 0, std = 0.01 } = checkOptions(randomEntry, options);
  checkFinite("random", "mean", mean);
  checkNonNegative("random", "std", std);
  return elementwise({
    name: "random",
    options: canonicalOptions({ mean, std }, { mean: 0, std: 0.01 }),
    distribution: { kind: "normal", mean, std },
    std: () => std,
  });
};

export const randomEntry = initializerEntry({
  name: "random",
  aliases: ["normal", "randomNormal", "gaussian"],
  summary: "Gaussian with one standard deviation for all layers, by default 0.01.",
  formula: "w ~ N(mean, std²)",
  text:
    "It breaks the symmetry that zeros keep, and no more: each layer multiplies the variance of the signal by " +
    "fanIn · std² (and ReLU halves its second moment), so one std that suits every width does not exist. Too " +
    "small and signal and gradient vanish with depth, too large and they explode.",
  references: ["Krizhevsky et al. 2012, ImageNet Classification with Deep Convolutional Neural Networks, §5"],
  options: {
    mean: { summary: "Mean.", default: 0 },
    std: { summary: "Standard deviation.", default: 0.01 },
  },
  valueOption: "std",
  create: (options) => random(options),
});
