import { checkLimit, InputError, KIND, type KindsOf, LIMITS } from "../../base/index.ts";
import { checkSeed } from "../../random/index.ts";
import type { DataDefaults } from "../data-defaults.ts";

/** What all drawn sequences may be asked for. */
export interface SequenceOptions {
  /** Training sequences. */
  readonly samples?: number;
  /** Test sequences, an independent draw; 0 for none. */
  readonly testSamples?: number;
  readonly seed?: number;
  readonly testSeed?: number;
}

export const SEQUENCE_OPTIONS: KindsOf<SequenceOptions> = {
  samples: KIND.number,
  testSamples: KIND.number,
  seed: KIND.number,
  testSeed: KIND.number,
};

/** Of the small tasks: a transformer of two blocks and width 32 copies and reverses after a few epochs with Adam. */
export const SEQUENCE_DEFAULTS: DataDefaults = { batch: 64, epochs: 10, seeds: 5, hidden: [128] };

/** Refuses what is no integer from `least` to `most`. */
export const checkCount = (
  who: string,
  name: string,
  value: number,
  least: number,
  most = Infinity,
): void => {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `≥ ${least}` : `from ${least} to ${most}`;
  throw new InputError(who, `expected ${name} to be an integer ${range}, got ${value}`);
};

/** Counts and seeds, defaults filled in and checked. */
export const checkSequences = (
  who: string,
  { samples = 1000, testSamples = 200, seed = 1, testSeed = 2 }: SequenceOptions,
  length: number,
): Required<SequenceOptions> => {
  checkCount(who, "samples", samples, 1);
  checkCount(who, "testSamples", testSamples, 0);
  checkLimit(
    who,
    "tokens in all sequences of a part",
    Math.max(samples, testSamples) * length,
    LIMITS.sequenceTokens,
  );
  checkSeed(who, seed);
  checkSeed(who, testSeed);
  return { samples, testSamples, seed, testSeed };
};
