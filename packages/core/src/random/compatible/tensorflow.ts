import type { FloatArray } from "../../base/index.ts";
import { cos, log, sin } from "../../math/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import { philox } from "../philox.ts";
import type { Source } from "../source.ts";
import { checkCutAtTwo, withKerasSeeds } from "./keras-seeds.ts";
import { checkFill } from "./stream.ts";

/**
 * What Keras 3 draws on TensorFlow and a CPU. The source itself fills as `keras.initializers.X(seed=seed)`
 * does: `tf.random.stateless_*` with the seed [seed, 0], Philox under a scrambled key; the parameters of a
 * network have the seeds of `withKerasSeeds`.
 *
 * Uniforms are the same bits. Normals are Box and Muller's, with uniforms below 10⁻⁷ raised to it;
 * truncated normals draw again, up to 256 words a value. TensorFlow takes logarithm, sine and cosine from
 * the C library, here they are rounded correctly.
 *
 * ```ts
 * const out = new Float32Array(3);
 * tensorflow(0).fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // ≈ 0.2110155
 * ```
 */
export const tensorflow = (seed: number): Source => withKerasSeeds("tensorflow", seed, stateless);

/** Writes the four words of a block. */
type Block = (words: Uint32Array, index: number) => void;

const blocksOf = (seed: number): Block => {
  const mixed = new Uint32Array(4);
  philox(mixed, seed % 2147483646, 0, 0, 0, 0x3ec8f720, 0x02461e29);
  const [k0, k1, c2, c3] = mixed as unknown as [number, number, number, number];
  return (words, index) => philox(words, index >>> 0, Math.floor(index / 4294967296), c2, c3, k0, k1);
};

const stateless = (seed: () => number): Source => {
  const self: Source = {
    generator: "tensorflow",
    dtype: "float32",
    stateless: true,
    at: () => self,
    fill(out: FloatArray, distribution: Distribution, start = 0) {
      checkFill("tensorflow", out, distribution, start);
      const round = roundingOf(out);
      const scaled = (factor: number, offset: number): void => {
        const [by, from] = [round(factor), round(offset)];
        for (let i = 0; i < out.length; i++) out[i] = round(out[i]! * by) + from;
      };
      switch (distribution.kind) {
        case "constant":
          out.fill(distribution.value);
          return;
        case "uniform":
          // Keras casts the limits by way of float32 in every dtype.
          uniforms(out, blocksOf(seed()));
          scaled(
            Math.fround(distribution.high) - Math.fround(distribution.low),
            Math.fround(distribution.low),
          );
          return;
        case "normal":
          normals(out, blocksOf(seed()));
          scaled(distribution.std, distribution.mean);
          return;
        case "truncatedNormal": {
          const { mean, std } = distribution;
          checkCutAtTwo("tensorflow", distribution);
          truncated(out, blocksOf(seed()));
          scaled(std, mean);
          return;
        }
        default:
          unknownDistribution("tensorflow", distribution);
      }
    },
    /** `keras.random.shuffle`: in the order of as many uniforms. */
    shuffle(values) {
      const ranks = new Float32Array(values.length);
      uniforms(ranks, blocksOf(seed()));
      const kept = values.slice();
      const order = [...ranks.keys()].sort((a, b) => ranks[a]! - ranks[b]! || a - b);
      order.forEach((from, to) => {
        values[to] = kept[from]!;
      });
    },
  };
  return self;
};

const roundingOf = (out: FloatArray): ((value: number) => number) =>
  out instanceof Float32Array ? Math.fround : (value) => value;

/** 23 bits of one word, or 52 of two. */
const unitSingle = (word: number): number => (word & 0x7fffff) / 8388608;
const unitDouble = (high: number, low: number): number =>
  ((high & 0xfffff) * 4294967296 + low) / 4503599627370496;

const uniforms = (out: FloatArray, block: Block): void => {
  const single = out instanceof Float32Array;
  const each = single ? 4 : 2;
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i++) {
    const at = i % each;
    if (at === 0) block(words, i / each);
    out[i] = single ? unitSingle(words[at]!) : unitDouble(words[2 * at]!, words[2 * at + 1]!);
  }
};

const LEAST_SINGLE = Math.fround(1e-7);

/** Box and Muller's pair from the words at `at`: two in float32, four in float64. */
const pairSingle = (pair: FloatArray, words: Uint32Array, at: number): void => {
  const angle = Math.fround(2 * Math.PI * unitSingle(words[at + 1]!));
  const share = Math.max(LEAST_SINGLE, unitSingle(words[at]!));
  const radius = Math.fround(Math.sqrt(Math.fround(-2 * Math.fround(log(share)))));
  pair[0] = Math.fround(Math.fround(sin(angle)) * radius);
  pair[1] = Math.fround(Math.fround(cos(angle)) * radius);
};
const pairDouble = (pair: FloatArray, words: Uint32Array): void => {
  const angle = 2 * Math.PI * unitDouble(words[2]!, words[3]!);
  const radius = Math.sqrt(-2 * log(Math.max(1e-7, unitDouble(words[0]!, words[1]!))));
  pair[0] = sin(angle) * radius;
  pair[1] = cos(angle) * radius;
};

/** Pairs from block after block; `take` says whether it wants more. */
const pairs = (single: boolean, block: Block, first: number, take: (value: number) => boolean): void => {
  const words = new Uint32Array(4);
  const pair = new Float64Array(2);
  for (let index = first; ; index++) {
    block(words, index);
    for (let at = 0; at < 4; at += single ? 2 : 4) {
      if (single) pairSingle(pair, words, at);
      else pairDouble(pair, words);
      if (!take(pair[0]!) || !take(pair[1]!)) return;
    }
  }
};

const normals = (out: FloatArray, block: Block): void => {
  if (out.length === 0) return;
  let i = 0;
  pairs(out instanceof Float32Array, block, 0, (value) => {
    out[i++] = value;
    return i < out.length;
  });
};

/** Each group of four (float64: two) has 256 words a value to draw from. */
const truncated = (out: FloatArray, block: Block): void => {
  const single = out instanceof Float32Array;
  const group = single ? 4 : 2;
  for (let start = 0; start < out.length; start += group) {
    let i = start;
    pairs(single, block, start * 64, (value) => {
      if (Math.abs(value) < 2) out[i++] = value;
      return i < start + group;
    });
  }
};
