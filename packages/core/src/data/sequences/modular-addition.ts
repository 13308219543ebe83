import { InputError, KIND, type KindsOf, optionsOf } from "../../base/index.ts";
import { key } from "../../random/index.ts";
import type { Dataset, Split } from "../dataset.ts";
import { checkCount, SEQUENCE_DEFAULTS } from "./sequence-options.ts";

export interface ModularAdditionOptions {
  /** p of a + b mod p, 31 by default; it need not be prime. */
  readonly modulus?: number;
  /** Pairs to train on; those that do not test by default. */
  readonly samples?: number;
  /** Pairs to test on; a quarter of all, or what `samples` leaves, by default. */
  readonly testSamples?: number;
  /** Of the order in which the pairs are dealt out. */
  readonly seed?: number;
}

const OPTIONS: KindsOf<ModularAdditionOptions> = {
  modulus: KIND.number,
  samples: KIND.number,
  testSamples: KIND.number,
  seed: KIND.number,
};

const MOST_MODULUS = 1000;

/**
 * Addition modulo p as sequences `a b =`, where `=` is token p: at `=` the answer a + b mod p is to be predicted, and
 * nothing counts before it. The p² pairs are shuffled by the seed and dealt out: no pair that tests is trained on. [1]
 *
 * ```ts
 * const { train, test, input } = modularAddition({ modulus: 5 });
 * input; // { tokens: 6, length: 3 }
 * [train.count, test?.count]; // [19, 6]
 * [0, 1, 2].map((position) => train.x[position * 19]); // [2, 2, 5]
 * [0, 1, 2].map((position) => train.y[position * 19]); // [-1, -1, 4]
 * ```
 *
 * Errors: `InputError` on a modulus below 2, and on more pairs than there are.
 *
 * [1] Power et al. 2022, https://arxiv.org/abs/2201.02177
 */
export const modularAddition = (given: ModularAdditionOptions = {}): Dataset => {
  const name = "modularAddition";
  const { modulus = 31, seed = 1, samples: asked, testSamples: tested } = optionsOf(name, given, OPTIONS);
  checkCount(name, "modulus", modulus, 2, MOST_MODULUS);
  const pairs = modulus * modulus;
  if (asked !== undefined) checkCount(name, "samples", asked, 1, pairs);
  if (tested !== undefined) checkCount(name, "testSamples", tested, 0, pairs - 1);
  const testSamples = tested ?? Math.min(Math.floor(pairs / 4), pairs - (asked ?? 0));
  const samples = asked ?? pairs - testSamples;
  if (samples + testSamples > pairs) {
    throw new InputError(
      name,
      `expected at most ${pairs} pairs of numbers below ${modulus}, got ${samples} to train and ${testSamples} to test`,
    );
  }
  const order = Uint32Array.from({ length: pairs }, (_, pair) => pair);
  key(seed, "data", `${name}/pairs`).shuffle(order);

  const split = (dealt: Uint32Array): Split => {
    const count = dealt.length;
    const x = new Float64Array(3 * count).fill(modulus);
    const y = new Float64Array(3 * count).fill(-1);
    dealt.forEach((pair, s) => {
      const [a, b] = [Math.floor(pair / modulus), pair % modulus];
      x[s] = a;
      x[count + s] = b;
      y[2 * count + s] = (a + b) % modulus;
    });
    return { count, x, y };
  };

  return {
    name,
    task: "classes",
    features: 3,
    input: { tokens: modulus + 1, length: 3 },
    positions: 3,
    classes: modulus + 1,
    outputs: 1,
    train: split(order.subarray(0, samples)),
    test: testSamples === 0 ? null : split(order.subarray(pairs - testSamples)),
    options: { modulus, samples, testSamples, seed },
    // Twelve steps are an epoch of all pairs below 31.
    defaults: { ...SEQUENCE_DEFAULTS, epochs: 100 },
  };
};
