import { exp, expm1 } from "../math/index.ts";
import { named } from "./activation.ts";

const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

/** The constants make mean 0 and variance 1 a fixed point. Klambauer et al. 2017, arXiv:1706.02515. */
export const selu = named({
  name: "selu",
  aliases: [],
  summary: "Self-normalizing ELU: keeps mean 0 and variance 1.",
  formula: "φ(z) = 1.0507 z if z > 0, else 1.7581 · (eᶻ − 1)",
  options: {},
  value: (z) => (z > 0 ? SCALE * z : SCALE * ALPHA * expm1(z)),
  derivative: (z) => (z > 0 ? SCALE : SCALE * ALPHA * exp(z)),
  second: (z) => (z > 0 ? 0 : SCALE * ALPHA * exp(z)),
  kinks: [0],
  saturated: (z) => z < 0 && exp(z) < 0.05,
  fitting: "lecunNormal",
});
