import { pow } from "../math/index.ts";
import { ADAM_EPSILON, adam, BETAS, MOMENT_SLOTS } from "./adam.ts";
import type { Library, OptimizerKind, OptionValues } from "./optimizer.ts";
import type { MomentUpdate } from "./update.ts";

/**
 * Adam that looks ahead: w ← w − η (μₜ₊₁ m / (1 − Π μ · μₜ₊₁) + (1 − μₜ) ḡ / (1 − Π μ)) / (√ŝ + ε), with
 * μₜ = β₁ (1 − ½ · 0.96^(t · momentumDecay)), and Π μ their product up to t. Keras' momentumDecay is 1. Optax has
 * μ = β₁ throughout.
 */
export const nadamUpdate = (
  { beta1, beta2, epsilon, weightDecay = 0, momentumDecay = 1 }: OptionValues,
  library: Library,
  decoupled: boolean,
): MomentUpdate => {
  const [b1, b2, eps, lambda] = [Number(beta1), Number(beta2), Number(epsilon), Number(weightDecay)];
  const mu = (number: number): number =>
    library === "optax" ? b1 : b1 * (1 - 0.5 * pow(0.96, number * Number(momentumDecay)));
  /** Products of μ₁ … μₜ, at t. PyTorch keeps them in float32, its default, whatever the parameters are. */
  const kept = library === "pytorch" ? Math.fround : Number;
  const products = [1];
  const product = (number: number): number => {
    for (let t = products.length; t <= number; t++) products.push(kept(products[t - 1]! * kept(mu(t))));
    return products[number]!;
  };
  return {
    rule: "moments",
    amsgrad: false,
    slots: MOMENT_SLOTS,
    numbers: (number, rate) => ({
      decay: decoupled ? 1 - rate * lambda : 1,
      l2: decoupled ? 0 : lambda,
      toMean: 1 - b1,
      keep: b2,
      toSquare: 1 - b2,
      root: 1 / Math.sqrt(1 - pow(b2, number)),
      epsilon: eps,
      mean: (rate * mu(number + 1)) / (1 - product(number) * mu(number + 1)),
      gradient: (rate * (1 - mu(number))) / (1 - product(number)),
    }),
  };
};

export const nadam: OptimizerKind = {
  name: "nadam",
  aliases: [],
  options: {
    ...BETAS,
    epsilon: ADAM_EPSILON,
    weightDecay: { defaults: { pytorch: 0, keras: 0 }, low: 0 },
    momentumDecay: { defaults: { pytorch: 0.004 }, low: 0 },
    decoupled: { defaults: { pytorch: false } },
  },
  family: "adam",
  rates: adam.rates,
  create: (options, library) => {
    const one = nadamUpdate(options, library, library === "keras" || options.decoupled === true);
    return { matrix: one, vector: one };
  },
};
