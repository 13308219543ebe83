import type { Fans, Shape } from "../base/index.ts";
import { type Initializer, orthogonal } from "../init/index.ts";
import { exp, gauss } from "../math/index.ts";
import type { BiasStart, WeightStart } from "./start.ts";
import { NORMAL, type Tails } from "./unit-law.ts";

type Law = NonNullable<ReturnType<Initializer["distribution"]>>;

/** How weights of a shape start that an initializer draws. */
export const weightStart = (kernel: Initializer, shape: Shape, fans: Fans): WeightStart => {
  const law = kernel.distribution(shape, fans);
  if (law !== null) return { kind: "independent", ...momentsOf(law) };
  if (kernel.name === orthogonal().name) {
    const gain = kernel.options.gain ?? 1;
    return { kind: "orthogonal", gain: Number(gain) };
  }
  const std = kernel.std(shape, fans);
  return { kind: "other", variance: std === null ? null : std * std };
};

/** How biases start; what is no independent draw counts as its own mean square about 0. */
export const biasStart = (bias: Initializer, shape: Shape, fans: Fans): BiasStart => {
  const law = bias.distribution(shape, fans);
  if (law !== null) return momentsOf(law);
  const std = bias.std(shape, fans) ?? 0;
  return { mean: 0, variance: std * std, tails: NORMAL };
};

const UNIFORM: Tails = { fourth: -6 / 5, sixth: 48 / 7 };

const momentsOf = (law: Law): { readonly mean: number; readonly variance: number; readonly tails: Tails } => {
  switch (law.kind) {
    case "constant":
      return { mean: law.value, variance: 0, tails: NORMAL };
    case "normal":
      return { mean: law.mean, variance: law.variance ?? law.std * law.std, tails: NORMAL };
    case "uniform": {
      const half = (law.high - law.low) / 2;
      return { mean: (law.low + law.high) / 2, variance: law.variance ?? (half * half) / 3, tails: UNIFORM };
    }
    case "truncatedNormal": {
      const { mean, variance, tails } = cut((law.low - law.mean) / law.std, (law.high - law.mean) / law.std);
      return {
        mean: law.mean + law.std * mean,
        variance: law.variance ?? law.std * law.std * variance,
        tails,
      };
    }
  }
};

/** The density falls below 1e-31 of its largest value so far out. */
const FAR = 12;

/** Moments of N(0, 1) given low ≤ x ≤ high. */
const cut = (low: number, high: number) => {
  const from = Math.max(low, Math.max(-FAR, Math.min(0, high) - FAR));
  const to = Math.min(high, Math.min(FAR, Math.max(0, low) + FAR));
  const pieces = Math.ceil(to - from);
  const integral = (f: (x: number) => number): number => {
    let sum = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const at = (share: number): number => from + ((to - from) * share) / pieces;
      sum += gauss((x) => f(x) * exp((-x * x) / 2), at(piece), at(piece + 1));
    }
    return sum;
  };
  const mass = integral(() => 1);
  const mean = integral((x) => x) / mass;
  const square = (x: number): number => (x - mean) * (x - mean);
  const variance = integral(square) / mass;
  const fourth = integral((x) => square(x) * square(x)) / mass / (variance * variance);
  const sixth = integral((x) => square(x) * square(x) * square(x)) / mass / (variance * variance * variance);
  return { mean, variance, tails: { fourth: fourth - 3, sixth: sixth - 15 * fourth + 30 } };
};
