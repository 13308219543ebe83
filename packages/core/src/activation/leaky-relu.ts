import { named } from "./activation.ts";

export interface SlopeOptions {
  /** Slope where z < 0. */
  readonly negativeSlope?: number;
}

/** φ′(0) = negativeSlope. He's gain for it is √(2 / (1 + negativeSlope²)). */
export const leakyRelu = ({ negativeSlope = 0.01 }: SlopeOptions = {}) =>
  named({
    name: "leakyRelu",
    aliases: ["lrelu"],
    summary: "ReLU that leaks a small slope where its input is negative.",
    formula: "φ(z) = z if z > 0, else negativeSlope · z",
    options: { negativeSlope },
    value: (z) => (z > 0 ? z : negativeSlope * z),
    derivative: (z) => (z > 0 ? 1 : negativeSlope),
    second: () => 0,
    kinks: [0],
    saturated: null,
    fitting: { name: "heNormal", negativeSlope },
  });
