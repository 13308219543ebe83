import { exp, tanh } from "../math/index.ts";
import { named } from "./activation.ts";

/** tanh′ = 1 − tanh² by e = e^(−2|z|), which loses nothing in the tails. */
const derivative = (z: number): number => {
  const e = exp(-2 * Math.abs(z));
  return (4 * e) / ((1 + e) * (1 + e));
};

export const tanhActivation = named({
  name: "tanh",
  aliases: [],
  summary: "Hyperbolic tangent: odd, between −1 and 1.",
  formula: "φ(z) = tanh z",
  options: {},
  value: tanh,
  derivative,
  second: (z) => -2 * tanh(z) * derivative(z),
  kinks: [],
  saturated: (z) => derivative(z) < 0.05,
  fitting: "glorotNormal",
});
