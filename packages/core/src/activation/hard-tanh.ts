import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

/** φ′(±1) = 0. */
export const hardTanh = named({
  name: "hardTanh",
  aliases: [],
  summary: "The identity, clipped to −1 … 1.",
  formula: "φ(z) = min(1, max(−1, z))",
  options: {},
  value: (z) => (z > 1 ? 1 : z < -1 ? -1 : z),
  derivative: (z) => (z > -1 && z < 1 ? 1 : 0),
  second: () => 0,
  kinks: [-1, 1],
  saturated: (z) => z <= -1 || z >= 1,
  get fitting() {
    return fittingGain(this);
  },
});
