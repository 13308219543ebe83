import { exp } from "../../../math/index.ts";

/** Sizes of heads side by side: `[heads · size][length][batch]` of vectors, `[heads][length][length][batch]` of pairs. */
export interface Heads {
  readonly heads: number;
  /** Features of a head. */
  readonly size: number;
  readonly length: number;
  readonly batch: number;
  /** Whether pairs (i, j) are of j ≤ i alone; the others are neither read nor written. */
  readonly causal: boolean;
}

/** Calls `visit` with the places of the vectors at i and at j, and of their pair, for each feature. */
const eachPair = (
  { heads, size, length, batch, causal }: Heads,
  visit: (at: number, other: number, pair: number) => void,
): void => {
  for (let h = 0; h < heads; h++) {
    for (let d = 0; d < size; d++) {
      const row = (h * size + d) * length;
      for (let i = 0; i < length; i++) {
        const seen = causal ? i + 1 : length;
        for (let j = 0; j < seen; j++) {
          visit((row + i) * batch, (row + j) * batch, ((h * length + i) * length + j) * batch);
        }
      }
    }
  }
};

/** Adds factor · Σ_d a[d][i] · b[d][j] to pairs[i][j]. */
export const addProducts = (
  pairs: Float64Array,
  a: Float64Array,
  b: Float64Array,
  factor: number,
  shape: Heads,
): void =>
  eachPair(shape, (at, other, pair) => {
    for (let s = 0; s < shape.batch; s++) {
      pairs[pair + s] = pairs[pair + s]! + factor * a[at + s]! * b[other + s]!;
    }
  });

/** Adds factor · Σ_j pairs[i][j] · b[d][j] to out[d][i]. */
export const addMixed = (
  out: Float64Array,
  pairs: Float64Array,
  b: Float64Array,
  factor: number,
  shape: Heads,
): void =>
  eachPair(shape, (at, other, pair) => {
    for (let s = 0; s < shape.batch; s++) {
      out[at + s] = out[at + s]! + factor * pairs[pair + s]! * b[other + s]!;
    }
  });

/** Adds factor · Σ_i pairs[i][j] · a[d][i] to out[d][j]. */
export const addMixedBack = (
  out: Float64Array,
  pairs: Float64Array,
  a: Float64Array,
  factor: number,
  shape: Heads,
): void =>
  eachPair(shape, (at, other, pair) => {
    for (let s = 0; s < shape.batch; s++) {
      out[other + s] = out[other + s]! + factor * pairs[pair + s]! * a[at + s]!;
    }
  });

/** Calls `visit` for each i of each head and sample: where its pairs begin, how far they stand apart, how many they are. */
const eachRow = (
  { heads, length, batch, causal }: Heads,
  visit: (first: number, step: number, end: number) => void,
): void => {
  for (let row = 0; row < heads * length; row++) {
    const seen = causal ? (row % length) + 1 : length;
    for (let s = 0; s < batch; s++) {
      const first = row * length * batch + s;
      visit(first, batch, first + seen * batch);
    }
  }
};

/** Scores become shares, e^score / Σ_j e^score, the largest score taken out. */
export const softmaxRows = (pairs: Float64Array, shape: Heads): void =>
  eachRow(shape, (first, step, end) => {
    let top = pairs[first]!;
    for (let k = first; k < end; k += step) if (pairs[k]! > top) top = pairs[k]!;
    let total = 0;
    for (let k = first; k < end; k += step) {
      pairs[k] = exp(pairs[k]! - top);
      total += pairs[k]!;
    }
    for (let k = first; k < end; k += step) pairs[k] = pairs[k]! / total;
  });

/** Changes of scores become changes of shares, or gradients by shares gradients by scores: share · (change − Σ share · change). */
export const throughSoftmax = (changes: Float64Array, shares: Float64Array, shape: Heads): void =>
  eachRow(shape, (first, step, end) => {
    let mean = 0;
    for (let k = first; k < end; k += step) mean += shares[k]! * changes[k]!;
    for (let k = first; k < end; k += step) changes[k] = shares[k]! * (changes[k]! - mean);
  });
