const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/** The high word of a 32 × 32-bit product. */
export const productHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + Math.floor(middle / 65536) + (((middle & 0xffff) + aLow * bHigh) >>> 16);
};

/**
 * Philox 4×32-10: four random words for a counter of four words and a key of two, a bijection of the
 * counter for every key. Writes to `out`. [1]
 *
 * ```ts
 * const out = new Uint32Array(4);
 * philox(out, 0, 0, 0, 0, 0, 0);
 * out[0]; // 1713891541
 * ```
 *
 * [1] Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405
 */
export const philox = (
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void => {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = productHigh(M0, c0);
    const low0 = Math.imul(M0, c0);
    const high1 = productHigh(M1, c2);
    const low1 = Math.imul(M1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
};
