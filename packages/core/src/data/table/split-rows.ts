import type { Split } from "../dataset.ts";
import type { Feature } from "./features.ts";

/** A column's values of the training rows, then of the test rows. */
interface Parts {
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** What standardizing took: the training part's mean and standard deviation. */
export interface Standard {
  readonly mean: number;
  readonly std: number;
}

export interface SplitTable {
  readonly train: Split;
  readonly test: Split | null;
  /** Of the training part's labels. */
  readonly target: Standard;
}

/**
 * The rows as training and test part: missing values filled, and features standardized, by the training part. A feature
 * that is there for `once` gives its memory back as soon as it is taken over: table and data set together would need
 * twice as much.
 */
export const splitRows = (
  features: readonly Feature[],
  labels: Float64Array,
  rows: { readonly train: Uint32Array; readonly test: Uint32Array },
  standardize: { readonly features: boolean; readonly target: boolean; readonly once: boolean },
): SplitTable => {
  const split = ({ length }: Uint32Array): Split => ({
    count: length,
    x: new Float64Array(features.length * length),
    y: new Float64Array(length),
  });
  const [train, test] = [split(rows.train), split(rows.test)];
  features.forEach(({ values }, f) => {
    const parts = { train: part(train.x, f, train.count), test: part(test.x, f, test.count) };
    gather(values, rows.train, parts.train);
    gather(values, rows.test, parts.test);
    if (standardize.once) giveUp(values);
    fill(parts);
    if (standardize.features) rescale(parts, standardOf(parts.train));
  });
  gather(labels, rows.train, train.y);
  gather(labels, rows.test, test.y);
  const target = standardOf(train.y);
  if (standardize.target) rescale({ train: train.y, test: test.y }, target);
  return { train, test: test.count === 0 ? null : test, target };
};

/** Frees the memory of an array without waiting for its last reader, where the engine can. */
const giveUp = ({ buffer }: Float64Array): void => {
  if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
};

const part = (x: Float64Array, feature: number, count: number): Float64Array =>
  x.subarray(feature * count, (feature + 1) * count);

const gather = (values: Float64Array, rows: Uint32Array, into: Float64Array): void => {
  for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]!]!;
};

/** Fills missing values by the mean of those that the training part has; 0 where it has none. */
const fill = ({ train, test }: Parts): void => {
  let count = 0;
  for (const value of train) if (!Number.isNaN(value)) count++;
  if (count === train.length && !test.some(Number.isNaN)) return;
  let mean = 0;
  for (const value of train) if (!Number.isNaN(value)) mean += value / count;
  for (const values of [train, test]) {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = mean;
  }
};

/** Mean and standard deviation; the latter is exactly 0 for a constant, whose mean may be rounded. */
const standardOf = (values: Float64Array): Standard => {
  if (values.every((value) => value === values[0])) return { mean: values[0] ?? 0, std: 0 };
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let square = 0;
  for (const value of values) square += ((value - mean) * (value - mean)) / values.length;
  if (square > 0 && Number.isFinite(square)) return { mean, std: Math.sqrt(square) };
  // Squares beyond the range of a double: in units of the largest distance, all of them halved.
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value / 2 - mean / 2));
  let share = 0;
  for (const value of values) {
    const distance = (value / 2 - mean / 2) / largest;
    share += (distance * distance) / values.length;
  }
  return { mean, std: 2 * (largest * Math.sqrt(share)) };
};

const rescale = ({ train, test }: Parts, { mean, std }: Standard): void => {
  for (const values of [train, test]) {
    for (let i = 0; i < values.length; i++) {
      const distance = values[i]! - mean;
      values[i] = std === 0 ? 0 : Number.isFinite(distance) ? distance / std : values[i]! / std - mean / std;
    }
  }
};
