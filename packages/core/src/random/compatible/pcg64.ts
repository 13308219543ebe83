import { productHigh } from "../philox.ts";
import { seedSequence } from "./seed-sequence.ts";

/** 0x2360ed051fc65da44385df649fccf645, its lowest word first. */
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;
const WORD = 4294967296;

/** What NumPy's `PCG64(seed)` gives. */
export interface Pcg64 {
  /** 32 bits: the low half of 64, the high half at the next call. */
  next32(): number;
  /** The upper and lower word of 64 bits; valid until the next call. */
  next64(): Readonly<{ high: number; low: number }>;
  /** [0, 1), 53 bits. */
  nextDouble(): number;
  /** [0, 1), 24 bits. */
  nextFloat(): number;
}

/**
 * PCG64 (XSL-RR 128/64), seeded by NumPy's `SeedSequence`: a linear congruence of 128 bits, of which
 * each step gives 64, the halves' exclusive or turned by the top six bits. [1]
 *
 * [1] O'Neill 2014, https://www.pcg-random.org/paper.html
 */
export const pcg64 = (seed: number): Pcg64 => {
  const words = seedSequence(seed, 8);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  // The increment is 2 · (high, low) + 1.
  const i0 = ((words[6]! << 1) | 1) >>> 0;
  const i1 = ((words[7]! << 1) | (words[6]! >>> 31)) >>> 0;
  const i2 = ((words[4]! << 1) | (words[7]! >>> 31)) >>> 0;
  const i3 = ((words[5]! << 1) | (words[4]! >>> 31)) >>> 0;

  /** state = state · multiplier + (a0 … a3), modulo 2¹²⁸. */
  const advance = (): void => {
    const low00 = Math.imul(s0, M0) >>> 0;
    const one =
      productHigh(M0, s0) +
      (Math.imul(s0, M1) >>> 0) +
      (Math.imul(s1, M0) >>> 0) +
      Math.floor((low00 + i0) / WORD);
    const two =
      productHigh(M1, s0) +
      productHigh(M0, s1) +
      (Math.imul(s0, M2) >>> 0) +
      (Math.imul(s1, M1) >>> 0) +
      (Math.imul(s2, M0) >>> 0) +
      Math.floor((one + i1) / WORD);
    const three =
      productHigh(M2, s0) +
      productHigh(M1, s1) +
      productHigh(M0, s2) +
      (Math.imul(s0, M3) >>> 0) +
      (Math.imul(s1, M2) >>> 0) +
      (Math.imul(s2, M1) >>> 0) +
      (Math.imul(s3, M0) >>> 0) +
      Math.floor((two + i2) / WORD);
    s0 = (low00 + i0) % WORD;
    s1 = (one + i1) % WORD;
    s2 = (two + i2) % WORD;
    s3 = (three + i3) % WORD;
  };

  advance();
  const carried = [words[2]!, words[3]!, words[0]!, words[1]!];
  s0 += carried[0]!;
  s1 += carried[1]! + Math.floor(s0 / WORD);
  s2 += carried[2]! + Math.floor(s1 / WORD);
  s3 += carried[3]! + Math.floor(s2 / WORD);
  [s0, s1, s2, s3] = [s0 % WORD, s1 % WORD, s2 % WORD, s3 % WORD];
  advance();

  const out = { high: 0, low: 0 };
  const next64 = (): Readonly<{ high: number; low: number }> => {
    advance();
    const high = s3 ^ s1;
    const low = s2 ^ s0;
    const by = s3 >>> 26;
    const [a, b] = by < 32 ? [high, low] : [low, high];
    const shift = by & 31;
    out.high = (shift === 0 ? a : (a >>> shift) | (b << (32 - shift))) >>> 0;
    out.low = (shift === 0 ? b : (b >>> shift) | (a << (32 - shift))) >>> 0;
    return out;
  };
  let spare: number | undefined;
  const next32 = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const { high, low } = next64();
    spare = high;
    return low;
  };
  return {
    next32,
    next64,
    nextDouble() {
      const { high, low } = next64();
      return (high * 2097152 + (low >>> 11)) / 9007199254740992;
    },
    nextFloat: () => (next32() >>> 8) / 16777216,
  };
};
