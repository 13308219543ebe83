import { ADAM_EPSILON, adam, adamUpdate, BETAS } from "./adam.ts";
import type { OptimizerKind } from "./optimizer.ts";

export const adamW: OptimizerKind = {
  name: "adamW",
  aliases: [],
  options: {
    ...BETAS,
    epsilon: ADAM_EPSILON,
    weightDecay: { defaults: { pytorch: 0.01, keras: 0.004, optax: 0.0001 }, low: 0 },
    amsgrad: adam.options.amsgrad!,
  },
  family: "adam",
  rates: adam.rates,
  create: (options, library) => {
    const one = adamUpdate(options, library, true);
    return { matrix: one, vector: one };
  },
};
