import type { Library, OptimizerKind, OptionValues } from "./optimizer.ts";
import type { SquareUpdate } from "./update.ts";

/**
 * s ← ρ s + (1 − ρ) ḡ²; with `centered` the variance s − a², a the mean of ḡ, in place of s.
 *
 * | | step d | momentum |
 * |---|---|---|
 * | PyTorch | ḡ / (√s + ε) | b ← μ b + d, w ← w − η b |
 * | Keras, Optax | g / √(s + ε) | b ← μ b + η d, w ← w − b: the rate is inside |
 */
const update = (
  { rho, epsilon, momentum, centered, weightDecay = 0 }: OptionValues,
  library: Library,
): SquareUpdate => {
  const [keep, eps, mu, lambda] = [Number(rho), Number(epsilon), Number(momentum), Number(weightDecay)];
  const isPytorch = library === "pytorch";
  return {
    rule: "squares",
    centered: centered === true,
    withMomentum: mu !== 0,
    slots: [
      { name: "square", start: 0 },
      ...(centered === true ? [{ name: "mean", start: 0 }] : []),
      ...(mu === 0 ? [] : [{ name: "momentum", start: 0 }]),
    ],
    numbers: (_, rate) => ({
      decay: library === "keras" ? 1 - rate * lambda : 1,
      l2: isPytorch ? lambda : 0,
      keep,
      toSquare: 1 - keep,
      inside: isPytorch ? 0 : eps,
      outside: isPytorch ? eps : 0,
      momentum: mu,
      intake: isPytorch ? 1 : rate,
      step: mu !== 0 && !isPytorch ? 1 : rate,
    }),
  };
};

export const rmsprop: OptimizerKind = {
  name: "rmsprop",
  aliases: [],
  options: {
    rho: {
      defaults: { pytorch: 0.99, keras: 0.9, optax: 0.9 },
      low: 0,
      below: 1,
    },
    epsilon: { defaults: { pytorch: 1e-8, keras: 1e-7, optax: 1e-8 }, low: 0 },
    momentum: {
      defaults: { pytorch: 0, keras: 0, optax: 0 },
      low: 0,
      below: 1,
    },
    centered: {
      defaults: { pytorch: false, keras: false, optax: false },
    },
    weightDecay: { defaults: { pytorch: 0, keras: 0 }, low: 0 },
  },
  family: "adam",
  rates: [0.0003, 0.001, 0.003, 0.01],
  create: (options, library) => {
    const one = update(options, library);
    return { matrix: one, vector: one };
  },
};
