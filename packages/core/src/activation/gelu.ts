import { exp, normalCdf } from "../math/index.ts";
import { named } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

const density = (z: number): number => INVERSE_ROOT_TWO_PI * exp(-0.5 * z * z);

/** Hendrycks and Gimpel 2016, arXiv:1606.08415, by the normal distribution function itself. */
export const gelu = named({
  name: "gelu",
  aliases: [],
  summary: "Gaussian error linear unit, exact.",
  formula: "φ(z) = z Φ(z), Φ the normal distribution function",
  options: {},
  value: (z) => (z < -40 ? z * 0 : z * normalCdf(z)),
  derivative: (z) => (Math.abs(z) > 40 ? (z > 0 ? 1 : 0) : normalCdf(z) + z * density(z)),
  second: (z) => (Math.abs(z) > 40 ? 0 : density(z) * (2 - z * z)),
  kinks: [],
  saturated: null,
  get fitting() {
    return fittingGain(this);
  },
  settling: { weightVariance: 1.95616, biasVariance: 0.3, length: 8.77217, from: 10 },
});
