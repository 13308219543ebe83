import { InputError } from "../base/index.ts";
import { checkDataset } from "./check-dataset.ts";
import type { Dataset } from "./dataset.ts";

/**
 * How often each class occurs in the training data, at the positions that count.
 *
 * ```ts
 * classFrequencies(circles({ samples: 300, testSamples: 0, noise: 0.05, seed: 1 })); // [150, 150]
 * ```
 *
 * Errors: `InputError` on data without classes.
 */
export const classFrequencies = (data: Dataset): number[] => {
  checkDataset("classFrequencies", data);
  const { name, task, classes, train } = data;
  if (task === "regression") {
    throw new InputError("classFrequencies", `expected data with classes, got the regression ${name}`);
  }
  const counts = new Array<number>(classes).fill(0);
  for (const label of train.y) if (label >= 0) counts[label]!++;
  return counts;
};
