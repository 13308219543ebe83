import { InputError } from "../../base/index.ts";
import type { Distribution } from "../distribution.ts";
import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { mt19937ByArray } from "./mt19937.ts";

/** A source that fills from a seed, which is asked for only when something is drawn. */
export type FromSeed = (seed: () => number) => Source;

/**
 * Keras' seeds. The source itself has the seed that it is given, as `keras.initializers.X(seed=seed)` has;
 * `at` is called once a parameter, and what draws from it gets the next seed that Keras takes after
 * `keras.utils.set_random_seed(seed)`: Python's `random.randint(1, 10⁹)`.
 */
export const withKerasSeeds = (name: string, seed: number, fromSeed: FromSeed): Source => {
  checkSeed(name, seed);
  const word = mt19937ByArray(seed);
  return {
    ...fromSeed(() => seed),
    at() {
      let own: number | undefined;
      return fromSeed(() => {
        own ??= pythonInteger(word);
        return own;
      });
    },
  };
};

/** Python's `random.randint(1, 10⁹)`: 30 bits, again where they are too large. */
const pythonInteger = (word: () => number): number => {
  for (;;) {
    const value = word() >>> 2;
    if (value < 1_000_000_000) return value + 1;
  }
};

/** Keras cuts its normals at two standard deviations and nowhere else. */
export const checkCutAtTwo = (
  who: string,
  { mean, std, low, high, cut }: Extract<Distribution, { kind: "truncatedNormal" }>,
): void => {
  for (const bound of cut === undefined ? [(mean - low) / std, (high - mean) / std] : [-cut[0], cut[1]]) {
    if (!(Math.abs(bound - 2) <= 1e-9)) {
      throw new InputError(
        who,
        `expected a normal cut at two standard deviations, got ${low} to ${high} with std ${std}`,
        "Keras draws no other: use generator stepzero, numpy, pytorch or jax.",
      );
    }
  }
};
