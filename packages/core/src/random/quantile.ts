import { normalCdf, normalQuantile } from "../math/index.ts";
import { checkDistribution, type Distribution, unknownDistribution } from "./distribution.ts";

/**
 * The quantile function of a distribution, for 0 ≤ u < 1.
 *
 * ```ts
 * quantileOf({ kind: "uniform", low: -1, high: 1 })(0.75); // 0.5
 * quantileOf({ kind: "normal", mean: 0, std: 2 })(0.5); // 0
 * ```
 */
export const quantileOf = (distribution: Distribution): ((u: number) => number) => {
  checkDistribution("quantileOf", distribution);
  switch (distribution.kind) {
    case "constant":
      return () => distribution.value;
    case "uniform": {
      const { low, high } = distribution;
      return (u) => low + (high - low) * u;
    }
    case "normal": {
      const { mean, std } = distribution;
      return (u) => mean + std * normalQuantile(u);
    }
    case "truncatedNormal": {
      const { mean, std, low, high } = distribution;
      const { mirrored, below, share } = truncation(distribution);
      return (u) => {
        const z = std * normalQuantile(below + share * (mirrored ? 1 - u : u));
        return Math.min(high, Math.max(low, mirrored ? mean - z : mean + z));
      };
    }
    default:
      return unknownDistribution("quantileOf", distribution);
  }
};

/** What a truncated normal takes of N(0, 1): the probabilities from `below` to `below + share`. */
export const truncation = ({ mean, std, low, high }: Extract<Distribution, { kind: "truncatedNormal" }>) => {
  // In the upper tail the distribution function is near 1 and would lose digits: mirror.
  const mirrored = low > mean;
  const [from, to] = mirrored ? [mean - high, mean - low] : [low - mean, high - mean];
  const below = normalCdf(from / std);
  return { mirrored, below, share: normalCdf(to / std) - below };
};
