import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

/** φ′(−3) = 0 and φ′(3) = 1. */
export const hardSwish = named({
  name: "hardSwish",
  aliases: ["hardSilu"],
  summary: "SiLU in pieces of parabolas and lines.",
  formula: "φ(z) = z · min(1, max(0, z / 6 + ½))",
  options: {},
  value: (z) => (z >= 3 ? z : z <= -3 ? z * 0 : z * (z / 6 + 0.5)),
  derivative: (z) => (z >= 3 ? 1 : z <= -3 ? 0 : z / 3 + 0.5),
  second: (z) => (z > -3 && z < 3 ? 1 / 3 : 0),
  kinks: [-3, 3],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
  settling: { weightVariance: 1.89879, biasVariance: 0.8, length: 8.34844, from: 10 },
});
