import type { FloatArray } from "../base/index.ts";
import type { Distribution } from "./distribution.ts";
import { philox } from "./philox.ts";
import { quantileOf } from "./quantile.ts";

/** The key of a source and the upper half of its counter, which a path's hash is. */
export interface Stream {
  readonly seed: number;
  readonly role: number;
  readonly pathLow: number;
  readonly pathHigh: number;
}

/** The four words of block `index`, which may go beyond 2³². */
export const blockOf = (words: Uint32Array, index: number, stream: Stream): void =>
  philox(
    words,
    index >>> 0,
    Math.floor(index / 4294967296),
    stream.pathLow,
    stream.pathHigh,
    stream.seed,
    stream.role,
  );

/** Element e is word e mod 4 of block ⌊e / 4⌋ through the quantile function: what `fillFast` must equal. */
export const fillPlainly = (out: FloatArray, law: Distribution, start: number, stream: Stream): void => {
  const quantile = quantileOf(law);
  const words = new Uint32Array(4);
  for (let i = 0, e = start; i < out.length; i++, e++) {
    if (i === 0 || e % 4 === 0) blockOf(words, Math.floor(e / 4), stream);
    out[i] = Math.fround(quantile((words[e % 4]! + 0.5) * 2.3283064365386963e-10));
  }
};
