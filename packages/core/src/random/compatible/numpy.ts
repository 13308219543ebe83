import type { FloatArray } from "../../base/index.ts";
import { log } from "../../math/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { limitsOf } from "./limits.ts";
import { maskedPermutation, maskedShuffle, upTo } from "./masked-shuffle.ts";
import { mt19937 } from "./mt19937.ts";
import { checkFill } from "./stream.ts";
import { truncatedQuantile } from "./truncated-quantile.ts";

/** What `numpy.random.RandomState` draws, by NumPy's names. */
export interface RandomState extends Source {
  /** Uniform on [0, 1), 53 bits. */
  randomSample(): number;
  /** N(0, 1) by the polar method, a pair at a time. */
  randn(count: number): Float64Array;
  uniform(low: number, high: number, count: number): Float64Array;
  normal(mean: number, std: number, count: number): Float64Array;
  /** One of 0 … count − 1, as `choice(count)` draws it too. */
  randint(count: number): number;
  /** 0 … count − 1, shuffled. */
  permutation(count: number): Uint32Array;
}

/**
 * NumPy's legacy `RandomState(seed)`: one stream, consumed in the order of the calls. Uniforms,
 * shuffles and permutations are the same bits; of the normals 99.96 % are, and none is off by more
 * than 3 ulp, since NumPy takes its logarithm from the C library, which does not round correctly.
 * NumPy has no truncated normal: it is drawn as the quantile of one uniform, as SciPy does.
 *
 * ```ts
 * numpy(3).randn(2)[0]; // ≈ 1.7886284734303186
 * [...numpy(1).permutation(4)]; // [3, 2, 0, 1]
 * ```
 */
export const numpy = (seed: number): RandomState => {
  const word = mt19937(checkSeed("numpy", seed));
  const randomSample = (): number => {
    const a = word() >>> 5;
    const b = word() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  };
  let spare: number | undefined;
  const gauss = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * randomSample() - 1;
      const y = 2 * randomSample() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const f = Math.sqrt((-2 * log(square)) / square);
      spare = f * x;
      return f * y;
    }
  };
  const fill = (out: FloatArray, distribution: Distribution, start = 0): void => {
    checkFill("numpy", out, distribution, start);
    switch (distribution.kind) {
      case "constant":
        out.fill(distribution.value);
        return;
      case "uniform": {
        const [low, high] = limitsOf(distribution);
        for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * randomSample();
        return;
      }
      case "normal": {
        const { mean, std } = distribution;
        for (let i = 0; i < out.length; i++) out[i] = mean + std * gauss();
        return;
      }
      case "truncatedNormal": {
        const quantile = truncatedQuantile(distribution);
        for (let i = 0; i < out.length; i++) out[i] = quantile(randomSample());
        return;
      }
      default:
        unknownDistribution("numpy", distribution);
    }
  };
  const drawn = (distribution: Distribution, count: number): Float64Array => {
    const out = new Float64Array(count);
    fill(out, distribution);
    return out;
  };
  const self: RandomState = {
    generator: "numpy",
    dtype: "float64",
    at: () => self,
    fill,
    shuffle: (values) => maskedShuffle(values, word),
    randomSample,
    randn: (count) => drawn({ kind: "normal", mean: 0, std: 1 }, count),
    uniform: (low, high, count) => drawn({ kind: "uniform", low, high }, count),
    normal: (mean, std, count) => drawn({ kind: "normal", mean, std }, count),
    randint: (count) => upTo(count - 1, word),
    permutation: (count) => maskedPermutation(count, word),
  };
  return self;
};
