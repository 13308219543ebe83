import { InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { exp } from "../math/index.ts";
import { numpy, type RandomState } from "../random/index.ts";
import { REAL_DATA_DEFAULTS } from "./data-defaults.ts";
import type { Dataset, Split } from "./dataset.ts";
import { linspace } from "./generate.ts";
import { DIGIT_TEMPLATES } from "./mnist1d-templates.ts";

export interface Mnist1dOptions {
  /** Training samples. */
  readonly samples?: number;
  /** Test samples, of the same draw; 0 for none. */
  readonly testSamples?: number;
  readonly seed?: number;
}

const MNIST1D_OPTIONS: KindsOf<Mnist1dOptions> = {
  samples: KIND.number,
  testSamples: KIND.number,
  seed: KIND.number,
};

const CLASSES = DIGIT_TEMPLATES.length;
const FEATURES = 40;
const MOST = 1_000_000;
/** Points of a template, zeros put after it at least and at most, and points after both. */
const [TEMPLATE, LEAST_PADDING, MOST_PADDING] = [12, 36, 60];
const LENGTH = TEMPLATE + MOST_PADDING;

/**
 * MNIST-1D [1]: ten one-dimensional digits, padded, stretched, moved, blurred with noise and sheared, 40 values each.
 * The values, labels and order are those of the Python package `mnist1d` with `num_samples` = samples + testSamples
 * and `train_split` = samples / num_samples: its own defaults, to 1e-12. Together they are standardised.
 *
 * [1] Greydanus and Kobak 2024, https://arxiv.org/abs/2011.14439
 */
export const mnist1d = (given: Mnist1dOptions = {}): Dataset => {
  const { samples = 4000, testSamples = 1000, seed = 42 } = optionsOf("mnist1d", given, MNIST1D_OPTIONS);
  checkCounts(samples, testSamples);
  const count = samples + testSamples;
  const random = numpy(seed);
  const rows: Float64Array[] = [];
  for (const template of templates()) {
    for (let k = 0; k < count / CLASSES; k++) rows.push(transformed(template, random));
  }
  const order = random.permutation(count);
  const { mean, std } = moments(rows);
  const split = (from: number, size: number): Split => {
    const x = new Float64Array(FEATURES * size);
    const y = new Float64Array(size);
    for (let s = 0; s < size; s++) {
      const row = order[from + s]!;
      y[s] = Math.floor(row / (count / CLASSES));
      for (let i = 0; i < FEATURES; i++) x[i * size + s] = (rows[row]![i]! - mean) / std;
    }
    return { count: size, x, y };
  };
  return {
    name: "mnist1d",
    task: "classes",
    features: FEATURES,
    input: [1, FEATURES],
    classes: CLASSES,
    outputs: 1,
    train: split(0, samples),
    test: testSamples === 0 ? null : split(samples, testSamples),
    options: { samples, testSamples, seed },
    defaults: REAL_DATA_DEFAULTS,
  };
};

const checkCounts = (samples: number, testSamples: number): void => {
  for (const [name, value, least] of [
    ["samples", samples, 1] as const,
    ["testSamples", testSamples, 0] as const,
  ]) {
    if (!Number.isSafeInteger(value) || value < least || value > MOST) {
      throw new InputError(
        "mnist1d",
        `expected ${name} to be an integer from ${least} to ${MOST}, got ${value}`,
      );
    }
  }
  if ((samples + testSamples) % CLASSES !== 0) {
    throw new InputError(
      "mnist1d",
      `expected samples and testSamples to come to a multiple of ${CLASSES}, got ${samples} and ${testSamples}`,
      "Every digit is made equally often over both parts.",
    );
  }
};

/** Of mean 0 and standard deviation 1/6, then moved to begin at 0. */
const templates = (): Float64Array[] =>
  DIGIT_TEMPLATES.map((digit) => {
    const { mean, std } = moments([Float64Array.from(digit)]);
    const standard = Float64Array.from(digit, (value) => (value - mean) / std);
    return standard.map((value) => (value - standard[0]!) / 6);
  });

const moments = (rows: readonly Float64Array[]): { mean: number; std: number } => {
  const count = rows.length * rows[0]!.length;
  const total = (of: (value: number) => number): number =>
    rows.reduce((all, row) => all + row.reduce((sum, value) => sum + of(value), 0), 0);
  const mean = total((value) => value) / count;
  return { mean, std: Math.sqrt(total((value) => (value - mean) * (value - mean)) / count) };
};

/** One example; the draws stand in the order in which the package makes them. */
const transformed = (template: Float64Array, random: RandomState): Float64Array => {
  const padding = LEAST_PADDING + Math.floor(random.randomSample() * (MOST_PADDING - LEAST_PADDING + 1));
  const padded = new Float64Array(TEMPLATE + padding);
  template.forEach((value, i) => {
    padded[i] = value + 1e-8;
  });
  const size = 1 + 0.4 * (random.randomSample() - 0.5);
  const stretched = interpolated(padded, LENGTH).map((value) => value * size);
  const shift = random.randint(48);
  const blurred = gaussianFiltered(random.randn(LENGTH).map((value) => 0.25 * value));
  const noise = random.randn(LENGTH);
  const tilt = 0.75 * (random.randomSample() - 0.5);
  const line = linspace(-0.5, 0.5, LENGTH, true);
  const signal = Float64Array.from({ length: LENGTH }, (_, i) => {
    const own = stretched[(i - shift + LENGTH) % LENGTH]!;
    return (own === 0 ? blurred[i]! : own) + 0.02 * noise[i]! - tilt * line[i]!;
  });
  return interpolated(signal, FEATURES);
};

/** At so many even places, by straight lines, as `numpy.interp` computes them. */
const interpolated = (values: Float64Array, count: number): Float64Array => {
  const from = linspace(0, 1, values.length, true);
  let j = 0;
  return linspace(0, 1, count, true).map((at) => {
    while (j + 1 < from.length && from[j + 1]! <= at) j++;
    if (from[j] === at || j + 1 === from.length) return values[j]!;
    const slope = (values[j + 1]! - values[j]!) / (from[j + 1]! - from[j]!);
    return slope * (at - from[j]!) + values[j]!;
  });
};

const [SIGMA, RADIUS] = [2, 8];

/** Smoothed by a Gaussian of standard deviation 2, cut at 4 of them; beyond its ends the signal is mirrored. */
const gaussianFiltered = (values: Float64Array): Float64Array => {
  const bell = Float64Array.from({ length: RADIUS + 1 }, (_, k) => exp((-0.5 * k * k) / (SIGMA * SIGMA)));
  const total = bell.reduce((sum, weight, k) => sum + (k === 0 ? weight : 2 * weight), 0);
  const last = values.length - 1;
  const at = (i: number): number => values[i < 0 ? -1 - i : i > last ? 2 * last + 1 - i : i]!;
  return values.map((value, i) => {
    let sum = value * bell[0]!;
    for (let k = RADIUS; k > 0; k--) sum += (at(i - k) + at(i + k)) * bell[k]!;
    return sum / total;
  });
};
