import type { FloatArray } from "../base/index.ts";
import type { Distribution } from "./distribution.ts";
import { quantileOf } from "./quantile.ts";
import { blockOf, type Stream } from "./stream.ts";

/** Element e is word e mod 4 of block ⌊e / 4⌋ through the quantile function: what `fillFast` must equal. */
export const fillPlainly = (out: FloatArray, law: Distribution, start: number, stream: Stream): void => {
  const quantile = quantileOf(law);
  const words = new Uint32Array(4);
  for (let i = 0, e = start; i < out.length; i++, e++) {
    if (i === 0 || e % 4 === 0) blockOf(words, Math.floor(e / 4), stream);
    out[i] = Math.fround(quantile((words[e % 4]! + 0.5) * 2.3283064365386963e-10));
  }
};
