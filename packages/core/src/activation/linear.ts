import { named } from "./activation.ts";

export const linear = named({
  name: "linear",
  aliases: ["identity", "none"],
  summary: "No activation: the output is the pre-activation.",
  formula: "φ(z) = z",
  options: {},
  value: (z) => z,
  derivative: () => 1,
  second: () => 0,
  kinks: [],
  saturated: null,
  fitting: "glorotNormal",
});
