import type { Dataset } from "../data/index.ts";
import { log } from "../math/index.ts";
import type { LossName } from "../model/index.ts";

/**
 * What the best constant prediction, the same for every sample and position, comes to on the training data: what a
 * network must beat to have learned.
 */
export interface Baseline {
  /** The largest class's share; `null` for regression. */
  readonly share: number | null;
  /** Classes that occur; 0 for regression. */
  readonly classes: number;
  /** Entropy of the classes, −Σ p ln p; under mse the mean of the outputs' variances. */
  readonly loss: number;
}

/**
 * The best constant prediction's accuracy and loss.
 *
 * ```ts
 * baselineOf(circles({ samples: 300, testSamples: 0 }), "bce"); // ≈ { share: 0.5, classes: 2, loss: 0.693147 }
 * ```
 */
export const baselineOf = ({ task, classes, positions = 1, train }: Dataset, loss: LossName): Baseline => {
  const columns = train.count * positions;
  if (task === "regression") return { share: null, classes: 0, loss: variance(train.y, columns) };
  const counts = new Float64Array(classes);
  let counted = 0;
  for (const label of train.y) {
    if (label < 0) continue;
    counts[label] = counts[label]! + 1;
    counted++;
  }
  const shares = [...counts].filter((count) => count > 0).map((count) => count / counted);
  return {
    share: Math.max(...shares),
    classes: shares.length,
    loss: loss === "mse" ? variance(train.y, columns) : -shares.reduce((sum, p) => sum + p * log(p), 0) + 0,
  };
};

/** Of each row about its own mean, over all. */
const variance = (y: Float64Array, count: number): number => {
  let squares = 0;
  for (let from = 0; from < y.length; from += count) {
    const row = y.subarray(from, from + count);
    const centre = row.reduce((sum, value) => sum + value, 0) / count;
    for (const value of row) squares += (value - centre) * (value - centre);
  }
  return squares / y.length;
};
