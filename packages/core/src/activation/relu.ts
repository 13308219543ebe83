import { named } from "./activation.ts";

/** φ′(0) = 0, as every large framework trains it. */
export const relu = named({
  name: "relu",
  aliases: ["rectifier"],
  summary: "Rectified linear unit: passes what is positive.",
  formula: "φ(z) = max(0, z)",
  options: {},
  value: (z) => (z > 0 ? z : z * 0 + 0),
  derivative: (z) => (z > 0 ? 1 : 0),
  second: () => 0,
  kinks: [0],
  saturated: null,
  fitting: "heNormal",
});
