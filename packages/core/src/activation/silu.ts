import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";
import { logistic, logisticDerivative, logisticSecond } from "./sigmoid.ts";

/** Beyond, σ is 0 or 1 to the last bit and its products would be 0 · ∞. */
const FAR = 1e3;

export const silu = named({
  name: "silu",
  aliases: ["swish"],
  summary: "Sigmoid linear unit, also called swish.",
  formula: "φ(z) = z / (1 + e⁻ᶻ)",
  options: {},
  value: (z) => (z < -FAR ? z * 0 : z * logistic(z)),
  derivative: (z) => (Math.abs(z) > FAR ? (z > 0 ? 1 : 0) : logistic(z) + z * logisticDerivative(z)),
  second: (z) => (Math.abs(z) > FAR ? 0 : 2 * logisticDerivative(z) + z * logisticSecond(z)),
  kinks: [],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
  settling: { weightVariance: 1.96983, biasVariance: 0.8, length: 26.5182, from: 10 },
});
