import type { FloatArray } from "../../base/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { limitsOf } from "./limits.ts";
import { maskedPermutation, maskedShuffle } from "./masked-shuffle.ts";
import { pcg64 } from "./pcg64.ts";
import { checkFill } from "./stream.ts";
import { truncatedQuantile } from "./truncated-quantile.ts";
import { zigguratDouble, zigguratSingle } from "./ziggurat.ts";

/** What NumPy's `Generator` draws beyond a fill. */
export interface NumpyGenerator extends Source {
  /** 0 … count − 1, shuffled. */
  permutation(count: number): Uint32Array;
}

/**
 * What `numpy.random.default_rng(seed)` draws: PCG64 seeded by `SeedSequence`, one stream, consumed in
 * the order of the calls. Float64: `uniform(low, high)` and `normal(mean, std)`. Float32 takes NumPy's own
 * float32 draws, which use other bits: `random(dtype=float32)` and `standard_normal(dtype=float32)`,
 * scaled in float32. NumPy has no truncated normal: it is drawn as the quantile of one uniform, as SciPy
 * does.
 *
 * ```ts
 * const out = new Float64Array(2);
 * numpyDefaultRng(42).fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // 0.7739560485559633
 * [...numpyDefaultRng(42).permutation(7)]; // [3, 2, 6, 4, 1, 5, 0]
 * ```
 */
export const numpyDefaultRng = (seed: number): NumpyGenerator => {
  const bits = pcg64(checkSeed("numpy-default-rng", seed));
  const self: NumpyGenerator = {
    generator: "numpy-default-rng",
    dtype: "float64",
    at: () => self,
    fill(out: FloatArray, distribution: Distribution, start = 0) {
      checkFill("numpy-default-rng", out, distribution, start);
      const single = out instanceof Float32Array;
      switch (distribution.kind) {
        case "constant":
          out.fill(distribution.value);
          return;
        case "uniform": {
          const [low, high] = limitsOf(distribution);
          if (single) scaled(out, bits.nextFloat, low, Math.fround(high) - Math.fround(low));
          else for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * bits.nextDouble();
          return;
        }
        case "normal": {
          const { mean, std } = distribution;
          if (single) scaled(out, () => zigguratSingle(bits), mean, std);
          else for (let i = 0; i < out.length; i++) out[i] = mean + std * zigguratDouble(bits);
          return;
        }
        case "truncatedNormal": {
          const quantile = truncatedQuantile(distribution);
          for (let i = 0; i < out.length; i++) out[i] = quantile(bits.nextDouble());
          return;
        }
        default:
          unknownDistribution("numpy-default-rng", distribution);
      }
    },
    shuffle: (values) => maskedShuffle(values, bits.next32),
    permutation: (count) => maskedPermutation(count, bits.next32),
  };
  return self;
};

/** offset + factor · draw, in float32. */
const scaled = (out: Float32Array, draw: () => number, offset: number, factor: number): void => {
  const [from, by] = [Math.fround(offset), Math.fround(factor)];
  for (let i = 0; i < out.length; i++) out[i] = from + Math.fround(by * draw());
};
