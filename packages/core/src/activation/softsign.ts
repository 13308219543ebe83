import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

/** φ″ jumps at 0 from 2 to −2. */
export const softsign = named({
  name: "softsign",
  aliases: [],
  summary: "Like tanh, with tails that flatten slowly.",
  formula: "φ(z) = z / (1 + |z|)",
  options: {},
  value: (z) => (Math.abs(z) === Number.POSITIVE_INFINITY ? Math.sign(z) : z / (1 + Math.abs(z))),
  derivative: (z) => 1 / ((1 + Math.abs(z)) * (1 + Math.abs(z))),
  second: (z) => (-2 * Math.sign(z)) / ((1 + Math.abs(z)) * (1 + Math.abs(z)) * (1 + Math.abs(z))),
  kinks: [0],
  saturated: (z) => (1 + Math.abs(z)) * (1 + Math.abs(z)) > 20,
  get fitting() {
    return fittingGain(this);
  },
});
