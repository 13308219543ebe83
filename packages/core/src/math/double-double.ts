/** @file Numbers as unevaluated sums hi + lo of two doubles: about 106 bits. Dekker 1971, Knuth. */

export interface DoubleDouble {
  hi: number;
  lo: number;
}

const SPLIT = 134217729; // 2²⁷ + 1

/** The rounding error of the product p = a · b, for |a|, |b| < 2⁹⁹⁶. */
export const productError = (a: number, b: number, p: number): number => {
  const ca = SPLIT * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLIT * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
};

/** The rounding error of the sum s = a + b. */
export const sumError = (a: number, b: number, s: number): number => {
  const part = s - a;
  return a - (s - part) + (b - part);
};

export const add = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => {
  const s = a.hi + b.hi;
  const rest = sumError(a.hi, b.hi, s) + a.lo + b.lo;
  const hi = s + rest;
  return { hi, lo: rest - (hi - s) };
};

export const multiply = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => {
  const p = a.hi * b.hi;
  const rest = productError(a.hi, b.hi, p) + (a.hi * b.lo + a.lo * b.hi);
  const hi = p + rest;
  return { hi, lo: rest - (hi - p) };
};

export const divide = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => {
  const q = a.hi / b.hi;
  const p = q * b.hi;
  const rest = (a.hi - p - productError(q, b.hi, p) + a.lo - q * b.lo) / b.hi;
  const hi = q + rest;
  return { hi, lo: rest - (hi - q) };
};
