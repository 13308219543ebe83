import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";
import { logistic, logisticDerivative, logisticSecond } from "./sigmoid.ts";

/** 2 √(2/π), since ½ (1 + tanh u) = σ(2u). */
const SLOPE = 1.5957691216057308;
const CUBIC = 0.044715;
/** Beyond, σ is 0 or 1 to the last bit and its products would be 0 · ∞. */
const FAR = 1e3;

const inner = (z: number): number => SLOPE * (z + CUBIC * z * z * z);
const innerDerivative = (z: number): number => SLOPE * (1 + 3 * CUBIC * z * z);

export const geluTanh = named({
  name: "geluTanh",
  aliases: ["geluNew", "geluApproximate"],
  summary: "GELU in its tanh form, as GPT-2 has it.",
  formula: "φ(z) = ½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))",
  options: {},
  value: (z) => (z < -FAR ? z * 0 : z * logistic(inner(z))),
  derivative: (z) => {
    if (Math.abs(z) > FAR) return z > 0 ? 1 : 0;
    const u = inner(z);
    return logistic(u) + z * logisticDerivative(u) * innerDerivative(z);
  },
  second: (z) => {
    if (Math.abs(z) > FAR) return 0;
    const u = inner(z);
    const du = innerDerivative(z);
    return logisticDerivative(u) * (2 * du + z * SLOPE * 6 * CUBIC * z) + z * logisticSecond(u) * du * du;
  },
  kinks: [],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
  settling: { weightVariance: 1.95599, biasVariance: 0.3, length: 8.75582, from: 10 },
});
