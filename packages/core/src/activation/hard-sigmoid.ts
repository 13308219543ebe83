import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

/** φ′(±3) = 0. */
export const hardSigmoid = named({
  name: "hardSigmoid",
  aliases: [],
  summary: "A line from 0 to 1, clipped.",
  formula: "φ(z) = min(1, max(0, z / 6 + ½))",
  options: {},
  value: (z) => (z > 3 ? 1 : z < -3 ? 0 : z / 6 + 0.5),
  derivative: (z) => (z > -3 && z < 3 ? 1 / 6 : 0),
  second: () => 0,
  kinks: [-3, 3],
  saturated: (z) => z <= -3 || z >= 3,
  get fitting() {
    return fittingGain(this);
  },
});
