import { type FloatArray, KIND, optionsOf } from "../../base/index.ts";
import { fused } from "../../math/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { erfDouble, erfSingle } from "./erf.ts";
import { checkFill } from "./stream.ts";
import { threefry } from "./threefry.ts";
import { erfinvDouble, erfinvSingle } from "./xla-math.ts";

export interface JaxOptions {
  /** `jax_threefry_partitionable`: `true`, the default of JAX since 0.5, or the original layout of counters. */
  readonly partitionable?: boolean;
}

/**
 * What `jax.random` draws with `jax.random.key(seed)` (threefry). The source itself fills with that key,
 * as `jax.nn.initializers.he_normal()(key, shape)` does; `at` is called once a parameter, and the n-th,
 * counted from 0, gets `jax.random.fold_in(key, n)`. The arithmetic is XLA's on a CPU that fuses products
 * with sums, and so are the bits, but for the float64 logarithm, which is rounded correctly here. A
 * variance is rounded to the dtype before its root, as `variance_scaling` does.
 *
 * ```ts
 * const out = new Float32Array(3);
 * jax(0).fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // ≈ 0.947667
 * ```
 */
export const jax = (seed: number, options: JaxOptions = {}): Source => {
  const { partitionable = true } = optionsOf("jax", options, { partitionable: KIND.flag });
  return jaxFromKey([0, checkSeed("jax", seed)], partitionable ? "jax" : "jax-original");
};

/** Standard deviation of N(0, 1) given |x| ≤ 2. */
const STD_OF_CUT_AT_TWO = 0.8796256610342398;
const ROOT_SINGLE = Math.fround(Math.SQRT2);

type Key = readonly [number, number];

/** The key of a parameter from that of the whole: called once for each, with its path. */
type KeyAt = (key: Key, path: string) => Key;

const counted = (): KeyAt => {
  let n = 0;
  return (key) => threefry(key, 0, n++);
};

/** A source with this key of two words; `keys` derives those of the parameters. */
export const jaxFromKey = (key: Key, generator: string, keys: KeyAt = counted()): Source => {
  const bits = generator === "jax-original" ? originalBits : partitionableBits;
  const uniforms = (out: FloatArray, low: number, high: number): void => {
    if (out instanceof Float32Array) {
      const [from, to] = [Math.fround(low), Math.fround(high)];
      const width = Math.fround(to - from);
      bits(key, out.length, 1, (i, word) => {
        out[i] = Math.max(from, ((word >>> 9) / 8388608) * width + from);
      });
    } else {
      bits(key, out.length, 2, (i, word, lower) => {
        const unit = (word * 1048576 + (lower >>> 12)) / 4503599627370496;
        out[i] = Math.max(low, fused(unit, high - low, low));
      });
    }
  };
  /** √2 · erfinv of uniforms on (a, b), in the arithmetic of the dtype. */
  const quantiles = (out: FloatArray, a: number, b: number, finish: (z: number) => number): void => {
    uniforms(out, a, b);
    if (out instanceof Float32Array) {
      for (let i = 0; i < out.length; i++) out[i] = finish(Math.fround(ROOT_SINGLE * erfinvSingle(out[i]!)));
    } else for (let i = 0; i < out.length; i++) out[i] = finish(Math.SQRT2 * erfinvDouble(out[i]!));
  };
  return {
    generator,
    dtype: "float32",
    stateless: true,
    at: (path) => jaxFromKey(keys(key, path), generator),
    fill(out, distribution: Distribution, start = 0) {
      checkFill(generator, out, distribution, start);
      const single = out instanceof Float32Array;
      const round = single ? Math.fround : (value: number) => value;
      switch (distribution.kind) {
        case "constant":
          out.fill(distribution.value);
          return;
        case "uniform":
          if (distribution.variance === undefined) uniforms(out, distribution.low, distribution.high);
          else {
            const limit = round(Math.sqrt(round(3 * round(distribution.variance))));
            uniforms(out, -limit, limit);
          }
          return;
        case "normal": {
          const { mean, std, variance } = distribution;
          const factor = variance === undefined ? round(std) : round(Math.sqrt(round(variance)));
          const least = single ? -0.9999999403953552 : -0.9999999999999999;
          quantiles(out, least, 1, (z) => round(z * factor) + round(mean));
          return;
        }
        case "truncatedNormal": {
          const { mean, std, low, high, variance, cut } = distribution;
          const factor =
            variance === undefined
              ? round(std)
              : round(round(Math.sqrt(round(variance))) / round(STD_OF_CUT_AT_TWO));
          const [lower, upper] = (cut ?? [(low - mean) / std, (high - mean) / std]).map(round) as [
            number,
            number,
          ];
          const erf = single ? erfSingle : erfDouble;
          // XLA divides by the constant √2 as a product with its inverse.
          const inverse = round(1 / round(Math.SQRT2));
          const [a, b] = [erf(round(lower * inverse)), erf(round(upper * inverse))];
          const inside = (z: number): number =>
            Math.min(below(upper, single), Math.max(-below(-lower, single), z));
          quantiles(out, a, b, (z) => round(inside(z) * factor) + round(mean));
          return;
        }
        default:
          unknownDistribution(generator, distribution);
      }
    },
    /** Fisher and Yates by the words of this key; `jax.random.permutation` sorts instead. */
    shuffle(values) {
      bits(key, values.length, 1, (i, word) => {
        const j = i + (word % (values.length - i));
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
      });
    },
  };
};

/** The next number of the dtype below `value`. */
const below = (value: number, single: boolean): number => {
  if (single) {
    const view = new Float32Array([value]);
    const bits = new Int32Array(view.buffer);
    bits[0]! += value > 0 ? -1 : 1;
    return view[0]!;
  }
  const view = new Float64Array([value]);
  const bits = new BigInt64Array(view.buffer);
  bits[0]! += value > 0 ? -1n : 1n;
  return view[0]!;
};

type Take = (index: number, word: number, lower: number) => void;

/** Element i from the counter (0, i): any part can be drawn alone. */
const partitionableBits = (key: Key, count: number, words: 1 | 2, take: Take): void => {
  for (let i = 0; i < count; i++) {
    const [x, y] = threefry(key, 0, i);
    if (words === 1) take(i, (x ^ y) >>> 0, 0);
    else take(i, x, y);
  }
};

/** Counters 0, 1, … in two halves, an odd number padded with 0; 64 bits take the first half as their high words. */
const originalBits = (key: Key, count: number, words: 1 | 2, take: Take): void => {
  const size = count * words;
  const half = Math.ceil(size / 2);
  const all = new Uint32Array(2 * half);
  for (let i = 0; i < half; i++) {
    const [x, y] = threefry(key, i, half + i < size ? half + i : 0);
    all[i] = x;
    all[half + i] = y;
  }
  for (let i = 0; i < count; i++) take(i, all[i]!, words === 2 ? all[count + i]! : 0);
};
