import { exp, log1p } from "../math/index.ts";
import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";
import { logistic, logisticDerivative } from "./sigmoid.ts";

export const softplus = named({
  name: "softplus",
  aliases: [],
  summary: "Smooth ReLU that is positive everywhere.",
  formula: "φ(z) = log(1 + eᶻ)",
  options: {},
  value: (z) => (z > 0 ? z : 0) + log1p(exp(-Math.abs(z))),
  derivative: logistic,
  second: logisticDerivative,
  kinks: [],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
});
