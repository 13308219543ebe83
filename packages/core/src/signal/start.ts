import type { Activation } from "../activation/index.ts";
import type { Tails } from "./unit-law.ts";

/** How the weights of one layer start. */
export type WeightStart =
  | {
      /** Independent draws of one law. */
      readonly kind: "independent";
      readonly mean: number;
      readonly variance: number;
      readonly tails: Tails;
    }
  /** `gain` times a random matrix with orthonormal rows, or columns where it is tall. */
  | { readonly kind: "orthogonal"; readonly gain: number }
  /** Nothing exact is known; `variance` of an element if any. */
  | { readonly kind: "other"; readonly variance: number | null };

/** How the biases of one layer start: independent draws. */
export interface BiasStart {
  readonly mean: number;
  readonly variance: number;
  readonly tails: Tails;
}

/** One dense layer as the prediction needs it. */
export interface LayerStart {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly weights: WeightStart;
  readonly bias: BiasStart;
}

/** Var[w] of an element, over mean 0. */
export const elementVariance = ({ inputs, outputs, weights }: LayerStart): number => {
  switch (weights.kind) {
    case "independent":
      return weights.variance;
    case "orthogonal":
      return (weights.gain * weights.gain) / Math.max(inputs, outputs);
    case "other":
      return weights.variance ?? 0;
  }
};
