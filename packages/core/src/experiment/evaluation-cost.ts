import type { Dataset } from "../data/index.ts";
import { type Model, placedLayers } from "../model/index.ts";

/** Training samples that figures of layers are of, where data are large. */
export const FIGURE_SAMPLES = 256;
/** What all evaluations may cost, as a share of the training. */
const SHARE = 1 / 5;
const MOST_INTERVALS = 120;

/**
 * Steps between log points, so that all evaluations, of step 0 too, take at most a fifth of the multiply-adds of training on
 * `seen` samples; start and end are evaluated in any case. A forward pass takes F multiply-adds a sample, the sum over
 * layers; a backward pass F for the kernels, and F without the first layer for the signal, which is all that
 * figures need.
 */
export const affordable = (model: Model, data: Dataset, steps: number, seen: number): number => {
  const sizes = placedLayers(model).map(({ multiplyAdds }) => multiplyAdds);
  const forward = sizes.reduce((sum, size) => sum + size, 0);
  const signal = forward - sizes[0]!;
  const { train, test } = data;
  const evaluation =
    (train.count + (test?.count ?? 0)) * forward + Math.min(FIGURE_SAMPLES, train.count) * signal;
  // A table of tokens multiplies nothing.
  const points = Math.floor((SHARE * seen * (2 * forward + signal)) / Math.max(1, evaluation));
  return Math.max(1, Math.ceil(steps / Math.min(MOST_INTERVALS, Math.max(1, points - 1))));
};
