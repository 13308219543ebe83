import type { Library, OptimizerKind, OptionValues } from "./optimizer.ts";
import type { MomentumUpdate } from "./update.ts";

/**
 * Gradient descent, with momentum where it is asked for.
 *
 * | | v | w |
 * |---|---|---|
 * | PyTorch | v ← μ v + (1 − τ) ḡ, the first v = ḡ | w ← w − η v |
 * | Keras | v ← μ v − η g | w ← w + v: the rate is inside, which differs once the rate changes |
 * | Optax | v ← μ v + g | w ← w − η v |
 *
 * With `nesterov` the step looks ahead: ḡ + μ v in place of v.
 */
const update = (
  { momentum, dampening = 0, nesterov, weightDecay = 0 }: OptionValues,
  library: Library,
): MomentumUpdate => {
  const [mu, tau, lambda] = [Number(momentum), Number(dampening), Number(weightDecay)];
  const isKeras = library === "keras";
  return {
    rule: "momentum",
    nesterov: nesterov === true && mu !== 0,
    slots: mu === 0 ? [] : [{ name: "momentum", start: 0 }],
    numbers: (number, rate) => ({
      decay: isKeras ? 1 - rate * lambda : 1,
      l2: isKeras ? 0 : lambda,
      momentum: mu,
      intake: mu === 0 ? 1 : isKeras ? rate : number === 1 ? 1 : 1 - tau,
      look: isKeras ? rate : 1,
      step: mu !== 0 && isKeras ? 1 : rate,
    }),
  };
};

export const sgd: OptimizerKind = {
  name: "sgd",
  aliases: ["gradientDescent", "gd"],
  options: {
    momentum: {
      defaults: { pytorch: 0, keras: 0, optax: 0 },
      low: 0,
      below: 1,
    },
    dampening: {
      defaults: { pytorch: 0 },
      low: 0,
      high: 1,
    },
    nesterov: {
      defaults: { pytorch: false, keras: false, optax: false },
    },
    weightDecay: { defaults: { pytorch: 0, keras: 0 }, low: 0 },
  },
  family: "gradientDescent",
  rates: [0.01, 0.03, 0.1, 0.3],
  create: (options, library) => {
    const one = update(options, library);
    return { matrix: one, vector: one };
  },
};
