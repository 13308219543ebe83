import { type Dtype, type FloatArray, InputError, shown } from "../base/index.ts";
import type { Distribution } from "./distribution.ts";

/**
 * Where draws come from.
 *
 * A keyed source (`stepzero`) derives an independent key for each path and can draw any range of a
 * tensor. A stream source (`numpy`, `pytorch`) is consumed in the order of the calls: `at` returns itself,
 * and a `start` other than 0 is an error. A stateless one (`jax`, `tensorflow`) has a key for each
 * parameter, and each fill starts again.
 */
export interface Source {
  /** `stepzero`, `numpy`, … as the command line names it. */
  readonly generator: string;
  /** What the generator draws in when nothing is said. */
  readonly dtype: Dtype;
  /**
   * Whether each fill of one parameter draws the same. The libraries that draw so have kernels
   * `[...kernel, in, out]`, and decompose upright matrices for orthogonal ones.
   */
  readonly stateless?: boolean;
  /** The source of one parameter. */
  at(path: string): Source;
  /** Fills `out` with elements `start`, `start + 1`, … of the parameter. */
  fill(out: FloatArray, distribution: Distribution, start?: number): void;
  /** Words that a stream's generator has given so far; left out where no one asks. */
  words?(): number;
  /** Shuffles in place; every order is equally likely. */
  shuffle(values: Uint32Array): void;
}

/** Refuses what is no source. */
export const checkSource = (who: string, source: Source): void => {
  if (typeof source?.fill !== "function" || typeof source.at !== "function") {
    throw new InputError(
      who,
      `expected a source of random numbers, got ${shown(source)}`,
      "Pass key(0), for example.",
    );
  }
};
