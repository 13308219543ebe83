import { pow } from "../math/index.ts";
import { adamUpdate } from "./adam.ts";
import { nadamUpdate } from "./nadam.ts";
import type { Library, OptimizerKind, OptionValues } from "./optimizer.ts";
import type { MatrixUpdate } from "./update.ts";

/**
 * The step of a matrix has the singular vectors of its momentum and singular values near 1.
 *
 * | | momentum | U | times |
 * |---|---|---|---|
 * | PyTorch | v ← μ v + (1 − μ) g | (1 − μ) g + μ v | √max(1, out / in) |
 * | Keras | v ← μ v + g | g + μ v | 0.2 √max(out, in), the root in float32 |
 * | Optax | as PyTorch's | (1 − μ) g / (1 − μᵗ) + μ v / (1 − μᵗ⁺¹) | √max(1, out / in) |
 */
const update = ({ momentum, nesterov, weightDecay }: OptionValues, library: Library): MatrixUpdate => {
  const [mu, lambda] = [Number(momentum), Number(weightDecay)];
  const looks = nesterov === true;
  return {
    rule: "matrix",
    norm: library === "pytorch" ? -1e-7 : library === "keras" ? 1e-7 : 1e-8,
    shape: (rows, columns) =>
      library === "keras"
        ? 0.2 * Math.fround(Math.sqrt(Math.max(rows, columns)))
        : Math.sqrt(Math.max(1, rows / columns)),
    slots: [{ name: "momentum", start: 0 }],
    numbers: (number, rate) => {
      const isKeras = library === "keras";
      const corrected = library === "optax";
      return {
        decay: 1 - rate * lambda,
        keep: mu,
        intake: isKeras ? 1 : 1 - mu,
        look: looks ? (isKeras ? 1 : corrected ? (1 - mu) / (1 - pow(mu, number)) : 1 - mu) : 0,
        lag: looks
          ? corrected
            ? mu / (1 - pow(mu, number + 1))
            : mu
          : corrected
            ? 1 / (1 - pow(mu, number))
            : 1,
        step: rate,
      };
    },
  };
};

export const muon: OptimizerKind = {
  name: "muon",
  aliases: [],
  options: {
    momentum: {
      defaults: { pytorch: 0.95, keras: 0.95, optax: 0.95 },
      low: 0,
      below: 1,
    },
    nesterov: {
      defaults: { pytorch: true, keras: true, optax: true },
    },
    weightDecay: {
      defaults: { pytorch: 0.1, keras: 0.004, optax: 0 },
      low: 0,
    },
    vectorDecay: {
      defaults: { pytorch: 0.01, keras: 0.004, optax: 0 },
      low: 0,
    },
  },
  family: null,
  rates: [0.003, 0.01, 0.03, 0.1],
  create: (options, library) => {
    const epsilon = library === "keras" ? 1e-7 : 1e-8;
    const vector = { beta1: 0.9, beta2: 0.999, epsilon, weightDecay: options.vectorDecay! };
    // Optax' nesterov is of both.
    const looksAhead = library === "optax" && options.nesterov === true;
    return {
      matrix: update(options, library),
      vector: looksAhead ? nadamUpdate(vector, library, true) : adamUpdate(vector, library, true),
    };
  },
};
