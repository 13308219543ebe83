import { exp, normalQuantile } from "../../math/index.ts";
import type { Distribution } from "../distribution.ts";
import { erfcDouble } from "./erf.ts";

/** Φ(z), also where it is small. */
const below = (z: number): number => 0.5 * erfcDouble(-z * Math.SQRT1_2);

const DENSITY_AT_ZERO = 0.3989422804014327;

/** Φ⁻¹(p) of p ≤ ½ within an ulp or so: a step of Newton's after the rational function. */
const lowerQuantile = (p: number): number => {
  const z = normalQuantile(p);
  return z > -36 ? z - ((below(z) - p) / DENSITY_AT_ZERO) * exp((z * z) / 2) : z;
};

/**
 * The quantile function of a truncated normal to the last digits, as SciPy has it, for 0 ≤ u < 1: from the
 * nearer tail, since a probability near 1 has lost them.
 */
export const truncatedQuantile = ({
  mean,
  std,
  low,
  high,
  cut = [(low - mean) / std, (high - mean) / std],
}: Extract<Distribution, { kind: "truncatedNormal" }>): ((u: number) => number) => {
  const [from, to] = cut;
  const [under, over] = [below(from), below(-to)];
  const share = from > 0 ? below(-from) - over : to < 0 ? below(to) - under : 1 - under - over;
  return (u) => {
    const left = under + share * u;
    const right = over + share * (1 - u);
    const z = left <= right ? lowerQuantile(left) : -lowerQuantile(right);
    return Math.min(to, Math.max(from, z)) * std + mean;
  };
};
