/**
 * @file Logarithm, sine and cosine of float32 as PyTorch takes them from vector instructions (AVX2 and
 * later): the single-precision polynomials of Cephes, each product with the sum after it rounded once.
 *
 * Moshier, Cephes mathematical library, https://www.netlib.org/cephes
 */

const { fround } = Math;

/** a · b + c rounded once to float32: the product of two float32 is exact in float64. */
export const fusedSingle = (a: number, b: number, c: number): number => fround(a * b + c);

const singles = (values: readonly number[]): readonly number[] => values.map(fround);
const horner = (coefficients: readonly number[], x: number): number => {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = fusedSingle(sum, x, coefficients[i]!);
  return sum;
};

/** Of Cephes' logf, highest power first. */
export const LOG_COEFFICIENTS = singles([
  0.070376836292, -1.151461031e-1, 1.167699874e-1, -0.12420140846, 0.14249322787, -0.16668057665,
  0.20000714765, -0.24999993993, 0.33333331174,
]);
/** ln 2 = HIGH + LOW. */
export const LN2_HIGH = 0.693359375;
export const LN2_LOW = fround(-2.1219444e-4);
const ROOT_HALF = fround(Math.SQRT1_2);

const FLOATS = new Float32Array(1);
const WORDS = new Uint32Array(FLOATS.buffer);

/** x = (1 + m) · 2ᵉ with √½ ≤ 1 + m < √2, of a positive, normal float32; in a record that the next call overwrites. */
export const splitSingle = (x: number): Readonly<typeof split> => {
  FLOATS[0] = x;
  const bits = WORDS[0]!;
  WORDS[0] = (bits & 0x7fffff) | 0x3f000000;
  const half = FLOATS[0]!;
  split.e = (bits >>> 23) - 126;
  split.m = half - 1;
  if (half < ROOT_HALF) {
    split.m += half;
    split.e--;
  }
  return split;
};
const split = { m: 0, e: 0 };

/** ln x of a positive, normal float32. */
export const logSingle = (x: number): number => {
  const { m, e } = splitSingle(x);
  const square = fround(m * m);
  const y = fusedSingle(fround(horner(LOG_COEFFICIENTS, m) * m), square, fround(e * LN2_LOW));
  return fusedSingle(e, LN2_HIGH, fround(m + fusedSingle(square, -0.5, y)));
};

const FOUR_OVER_PI = fround(4 / Math.PI);
/** −π / 4 in three parts, so that what is left keeps its digits. */
const PARTS = singles([-0.78515625, -0.00024187564849853516, -3.774894977445941e-8]);
const SINE = singles([-0.00019515295891, 0.0083321608736, -0.16666654611]);
const COSINE = singles([2.443315711809948e-5, -0.001388731625493765, 0.04166664568298827]);

/** Sine and cosine of a float32 ≥ 0 into `pair`. */
export const sineCosineSingle = (pair: Float64Array, x: number): void => {
  const octant = (Math.trunc(fround(x * FOUR_OVER_PI)) + 1) & ~1;
  let rest = x;
  for (const part of PARTS) rest = fusedSingle(octant, part, rest);
  const square = fround(rest * rest);
  const sine = fusedSingle(fround(horner(SINE, square) * square), rest, rest);
  const cosine = fround(
    fusedSingle(fround(horner(COSINE, square) * square), square, fround(square * -0.5)) + 1,
  );
  const turned = (octant & 2) !== 0;
  pair[0] = (turned ? cosine : sine) * ((octant & 4) !== 0 ? -1 : 1);
  pair[1] = (turned ? sine : cosine) * (((octant + 2) & 4) !== 0 ? -1 : 1);
};
