import { exp } from "../math/index.ts";
import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";
import { logistic, logisticDerivative } from "./sigmoid.ts";

/** Beyond, the gate is 0 or 1 to the last bit and its products would be 0 · ∞. */
const FAR = 1e3;

/** t = tanh(log(1 + eᶻ)) and 1 − t², both as fractions of exponentials that cannot overflow. */
const gate = (z: number): { t: number; rest: number } => {
  const e = exp(-Math.abs(z));
  if (z >= 0) {
    const below = 1 + 2 * e + 2 * e * e;
    return { t: (1 + 2 * e) / below, rest: (4 * e * e * (1 + e) * (1 + e)) / (below * below) };
  }
  const below = e * e + 2 * e + 2;
  return { t: (e * (e + 2)) / below, rest: (4 * (1 + e) * (1 + e)) / (below * below) };
};

export const mish = named({
  name: "mish",
  aliases: [],
  summary: "Smooth, self-gated by the tanh of softplus.",
  formula: "φ(z) = z tanh(log(1 + eᶻ))",
  options: {},
  value: (z) => (z < -FAR ? z * 0 : z * gate(z).t),
  derivative: (z) => {
    if (Math.abs(z) > FAR) return z > 0 ? 1 : 0;
    const { t, rest } = gate(z);
    return t + z * rest * logistic(z);
  },
  second: (z) => {
    if (Math.abs(z) > FAR) return 0;
    const { t, rest } = gate(z);
    const s = logistic(z);
    return 2 * rest * s + z * rest * (logisticDerivative(z) - 2 * t * s * s);
  },
  kinks: [],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
  settling: { weightVariance: 1.94971, biasVariance: 0.2, length: 3.95935, from: 20 },
});
