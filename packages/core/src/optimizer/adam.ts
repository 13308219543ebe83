import { pow } from "../math/index.ts";
import type { Library, OptimizerKind, OptimizerOption, OptionValues } from "./optimizer.ts";
import type { MomentUpdate } from "./update.ts";

export const BETAS: Readonly<Record<"beta1" | "beta2", OptimizerOption>> = {
  beta1: {
    defaults: { pytorch: 0.9, keras: 0.9, optax: 0.9 },
    low: 0,
    below: 1,
  },
  beta2: {
    defaults: { pytorch: 0.999, keras: 0.999, optax: 0.999 },
    low: 0,
    below: 1,
  },
};

export const ADAM_EPSILON: OptimizerOption = {
  defaults: { pytorch: 1e-8, keras: 1e-7, optax: 1e-8 },
  low: 0,
};

export const MOMENT_SLOTS = [
  { name: "mean", start: 0 },
  { name: "square", start: 0 },
] as const;

/**
 * m and s, the means of g and g², start at 0 and are corrected for that: m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ);
 * w ← w − η m̂ / (√ŝ + ε). Keras' ε stands beside √s, as in the end of the paper's section 2:
 * w ← w − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√s + ε).
 */
export const adamUpdate = (
  { beta1, beta2, epsilon, weightDecay = 0, amsgrad = false }: OptionValues,
  library: Library,
  decoupled: boolean,
): MomentUpdate => {
  const [b1, b2, eps, lambda] = [Number(beta1), Number(beta2), Number(epsilon), Number(weightDecay)];
  return {
    rule: "moments",
    amsgrad: amsgrad === true,
    slots: amsgrad === true ? [...MOMENT_SLOTS, { name: "largest", start: 0 }] : MOMENT_SLOTS,
    numbers: (number, rate) => {
      const first = 1 - pow(b1, number);
      const second = Math.sqrt(1 - pow(b2, number));
      const isKeras = library === "keras";
      return {
        decay: decoupled ? 1 - rate * lambda : 1,
        l2: decoupled ? 0 : lambda,
        toMean: 1 - b1,
        keep: b2,
        toSquare: 1 - b2,
        root: isKeras ? 1 : 1 / second,
        epsilon: eps,
        mean: isKeras ? (rate * second) / first : rate / first,
        gradient: 0,
      };
    },
  };
};

export const adam: OptimizerKind = {
  name: "adam",
  aliases: [],
  options: {
    ...BETAS,
    epsilon: ADAM_EPSILON,
    weightDecay: { defaults: { pytorch: 0, keras: 0 }, low: 0 },
    amsgrad: {
      defaults: { pytorch: false, keras: false },
    },
  },
  family: "adam",
  rates: [0.0003, 0.001, 0.003, 0.01],
  create: (options, library) => {
    const one = adamUpdate(options, library, library === "keras");
    return { matrix: one, vector: one };
  },
};
