import type { Library, OptimizerKind, OptionValues } from "./optimizer.ts";
import type { SquareUpdate } from "./update.ts";

/** s ← s + ḡ²; PyTorch w ← w − η ḡ / (√s + ε), Keras and Optax w ← w − η g / √(s + ε). */
const update = (
  { epsilon, initialAccumulator, weightDecay = 0, rateDecay = 0 }: OptionValues,
  library: Library,
): SquareUpdate => {
  const [eps, lambda] = [Number(epsilon), Number(weightDecay)];
  const isPytorch = library === "pytorch";
  return {
    rule: "squares",
    centered: false,
    withMomentum: false,
    slots: [{ name: "square", start: Number(initialAccumulator) }],
    numbers: (number, rate) => ({
      decay: library === "keras" ? 1 - rate * lambda : 1,
      l2: isPytorch ? lambda : 0,
      keep: 1,
      toSquare: 1,
      inside: isPytorch ? 0 : eps,
      outside: isPytorch ? eps : 0,
      momentum: 0,
      intake: 1,
      step: rate / (1 + (number - 1) * Number(rateDecay)),
    }),
  };
};

export const adagrad: OptimizerKind = {
  name: "adagrad",
  aliases: [],
  options: {
    epsilon: { defaults: { pytorch: 1e-10, keras: 1e-7, optax: 1e-7 }, low: 0 },
    initialAccumulator: {
      defaults: { pytorch: 0, keras: 0.1, optax: 0.1 },
      low: 0,
    },
    rateDecay: {
      defaults: { pytorch: 0 },
      low: 0,
    },
    weightDecay: { defaults: { pytorch: 0, keras: 0 }, low: 0 },
  },
  family: "adam",
  rates: [0.003, 0.01, 0.03, 0.1],
  create: (options, library) => {
    const one = update(options, library);
    return { matrix: one, vector: one };
  },
};
