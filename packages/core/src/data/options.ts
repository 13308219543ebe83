import { checkLimit, InputError, KIND, type KindsOf, LIMITS, suggestion } from "../base/index.ts";

export const DATA_GENERATORS = ["stepzero", "numpy"] as const;
export type DataGenerator = (typeof DATA_GENERATORS)[number];

export interface GeneratedOptions {
  /** Training points. */
  readonly samples?: number;
  /** Test points, an independent draw; 0 for none. */
  readonly testSamples?: number;
  /** Standard deviation of the Gaussian noise added to every coordinate. */
  readonly noise?: number;
  readonly seed?: number;
  readonly testSeed?: number;
  /** `numpy` draws as scikit-learn does from `RandomState(seed)`. */
  readonly generator?: DataGenerator;
}

export const GENERATED_OPTIONS: KindsOf<GeneratedOptions> = {
  samples: KIND.number,
  testSamples: KIND.number,
  noise: KIND.number,
  seed: KIND.number,
  testSeed: KIND.number,
  generator: KIND.text,
};

export type Generated = Required<GeneratedOptions>;

/** Options of a generated data set, defaults filled in and checked. */
export const checkGenerated = (who: string, options: GeneratedOptions, noise = 0.05): Generated => {
  const full: Generated = {
    samples: options.samples ?? 300,
    testSamples: options.testSamples ?? 100,
    noise: options.noise ?? noise,
    seed: options.seed ?? 1,
    testSeed: options.testSeed ?? 2,
    generator: options.generator ?? "stepzero",
  };
  checkCount(who, "samples", full.samples, 1);
  checkCount(who, "testSamples", full.testSamples, 0);
  if (!(Number.isFinite(full.noise) && full.noise >= 0)) {
    throw new InputError(who, `expected noise ≥ 0, got ${full.noise}`);
  }
  if (!DATA_GENERATORS.includes(full.generator)) {
    throw new InputError(
      who,
      `expected generator to be one of ${DATA_GENERATORS.join(", ")}, got "${full.generator}"`,
      suggestion(full.generator, DATA_GENERATORS),
    );
  }
  return full;
};

const checkCount = (who: string, name: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InputError(who, `expected ${name} to be an integer ≥ ${least}, got ${value}`);
  }
  checkLimit(who, name, value, LIMITS.samples);
};
