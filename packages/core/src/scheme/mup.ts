import { InputError } from "../base/index.ts";
import { canonicalOptions, checkNonNegative, heNormal, random } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import { gains } from "../theory/index.ts";
import { fittedActivation } from "./fitting.ts";
import { byRole, type Start } from "./roles.ts";
import { type RateFactors, type Scheme, schemeEntry } from "./scheme.ts";
import { needUntied } from "./untied.ts";

export interface MupOptions {
  /** Width at which it is the standard parametrization; 1, the paper's table, by default. */
  readonly baseWidth?: number;
  /** 1 / √E[φ²] of the activation by default. */
  readonly gain?: number;
}

/**
 * μP, the maximal update parametrization: every layer's weights have variance gain² / fanIn, the output
 * layer's baseWidth times smaller by width: gain² · baseWidth / fanIn². [1, table 3]
 *
 * With the learning rates that belong to it, the change that a step makes to each layer's signal does not
 * depend on the width: a rate tuned on a narrow network is right for a wide one. By the optimizer the rate is
 * multiplied with (n, m: fanIn, fanOut; B: baseWidth)
 *
 * | parameter | gradient descent | Adam |
 * |---|---|---|
 * | input kernel, embeddings, hidden biases, norms | m / B | 1 |
 * | hidden kernel | m / n | B / n |
 * | output kernel | B / n | B / n |
 * | output bias | 1 | 1 |
 *
 * Fans are those of the layer: a convolution's count its kernel. A row of a table is looked up: its entries have
 * variance 1 at any width. Attention here divides by √(width / heads): widen it by heads, not by their width.
 *
 * `explainInitialization` gives them per layer; `train` and `compare` use them. A network whose hidden layers
 * all have width `baseWidth` is the standard one: variance gain² / fanIn, one rate. docs/coordinate-check.md measures it.
 *
 * ```ts
 * const model = mlp([784, 256, 256, 10]);
 * const [input, hidden, output] = explainInitialization(model, { name: "mup", baseWidth: 64 });
 * hidden.std; // ≈ 0.088388 = √(2 / 256)
 * output.std; // ≈ 0.044194 = √(2 / 256) · √(64 / 256)
 * input.rates?.kernel; // { gradientDescent: 4, adam: 1 }
 * output.rates?.kernel; // { gradientDescent: 0.25, adam: 0.25 }
 * ```
 *
 * Errors: `InputError` on a base width that is not positive, a negative gain, or an output that is tied to an embedding.
 *
 * [1] Yang and Hu et al. 2022, https://arxiv.org/abs/2203.03466
 */
export const mup = ({ baseWidth = 1, gain }: MupOptions = {}): Scheme => {
  if (!(Number.isFinite(baseWidth) && baseWidth > 0)) {
    throw new InputError(
      "mup",
      `expected baseWidth > 0, got ${String(baseWidth)}`,
      "Give the hidden width of the network on which the learning rate was tuned.",
    );
  }
  if (gain !== undefined) checkNonNegative("mup", "gain", gain);
  return {
    name: "mup",
    options: canonicalOptions({ baseWidth, gain }, { baseWidth: 1 }),
    check: (slots) => needUntied("mup", slots),
    start: byRole((slot) => {
      const own = gain ?? gains(fittedActivation(slot)).rms;
      if (!isOutput(slot)) return { initializer: heNormal({ gain: own }) };
      return {
        initializer: heNormal({ gain: own * Math.sqrt(baseWidth / slot.fans.fanIn) }),
        reason: "smaller by √(fanIn / baseWidth) than what keeps the signal: steps align it with its inputs",
      };
    }, TABLES),
    rates: (slot) => ratesOf(slot, baseWidth),
  };
};

const table: Start = () => ({
  initializer: random({ std: 1 }),
  reason: "rows are looked up: their entries have variance 1 at any width",
});
const TABLES = { embedding: table, positionEmbedding: table };

/** Whether weights read hidden units and write the output; a single layer has no width that could grow. */
const isOutput = ({ place }: ParameterSlot): boolean => place.output && !place.first;

const ratesOf = (
  { role, place, shape, fans: { fanIn, fanOut } }: ParameterSlot,
  base: number,
): RateFactors => {
  const one = { gradientDescent: 1, adam: 1 };
  if (role === "scale" || role === "shift")
    return shape[0] === 1 ? one : { gradientDescent: shape[0]! / base, adam: 1 };
  if (role in TABLES) return { gradientDescent: fanOut / base, adam: 1 };
  const bias = role === "bias";
  if (place.output) {
    const narrow = base / fanIn;
    return place.first || bias ? one : { gradientDescent: narrow, adam: narrow };
  }
  if (bias || place.first) return { gradientDescent: fanOut / base, adam: 1 };
  return { gradientDescent: fanOut / fanIn, adam: base / fanIn };
};

export const mupEntry = schemeEntry({
  name: "mup",
  aliases: ["μP", "muP"],
  summary: "μP: the output layer falls with the width, so that the best learning rate does not.",
  formula: "Var[w] = gain² / fanIn, of the output layer gain² · baseWidth / fanIn²; b = 0",
  text:
    "In the standard parametrization the best learning rate falls as a network is made wider. Here a step changes " +
    "every layer's signal by as much at any width, so that a rate tuned on a narrow network serves a wide one. That " +
    "needs rates per layer (n, m: fanIn, fanOut; B: baseWidth). Gradient descent: input kernel and hidden biases m/B, " +
    "hidden kernels m/n, output kernel B/n times the rate. Adam: hidden and output kernels B/n times. train and " +
    "compare use these rates under gradient descent and under optimizers of Adam's kind; explain with --layers shows them.",
  references: [
    "Yang and Hu et al. 2022, Tensor Programs V, table 3, https://arxiv.org/abs/2203.03466",
    "https://github.com/microsoft/mup",
  ],
  options: {
    baseWidth: { summary: "Hidden width at which it is the standard parametrization.", default: 1 },
    gain: { summary: "Of every layer; by default that of the activation.", default: null },
  },
  create: (options) => mup(options),
});
