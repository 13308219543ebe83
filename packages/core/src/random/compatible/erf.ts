/**
 * @file The error function as two libraries compute it: float64 in the C library (Sun's rational functions,
 * within 1 ulp: what JAX and `math.erf` of PyTorch's Python call), float32 in XLA (a ratio of polynomials
 * in x², each product with the sum after it rounded once).
 *
 * Sun Microsystems 1993, s_erf.c of https://www.netlib.org/fdlibm
 */

import { erfinv, expNearest } from "../../math/index.ts";
import { fusedSingle } from "./vector-math.ts";

/** Lowest order first; summed as glibc does, by pairs: (c0 + c1 x) + x² (c2 + c3 x) + x⁴ (c4 + c5 x) + … */
const polynomial = (coefficients: readonly number[], x: number): number => {
  const x2 = x * x;
  const x4 = x2 * x2;
  const powers = [1, x2, x4, x4 * x2, x4 * x4];
  let sum = 0;
  for (let i = 0; i < coefficients.length; i += 2) {
    const last = i + 1 === coefficients.length;
    sum += powers[i / 2]! * (last ? coefficients[i]! : coefficients[i]! + x * coefficients[i + 1]!);
  }
  return sum;
};

const EIGHTH = 0.1283791670955126;
const ERX = 0.8450629115104675;
const NEAR = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
  -2.3763016656650163e-5,
];
const NEAR_BELOW = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
  -3.960228278775368e-6,
];
const ONE = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const ONE_BELOW = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
const FAR = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const FAR_BELOW = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const FARTHER = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const FARTHER_BELOW = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];

const DOUBLES = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLES.buffer);
/** Index of the lower word, by the machine's byte order. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const withoutLowWord = (x: number): number => {
  DOUBLES[0] = x;
  WORDS[LOW] = 0;
  return DOUBLES[0]!;
};

const near = (z: number): number => polynomial(NEAR, z) / polynomial(NEAR_BELOW, z);
const nearOne = (size: number): number => polynomial(ONE, size - 1) / polynomial(ONE_BELOW, size - 1);
/** erfc of 1.25 ≤ size < 28. */
const tail = (size: number): number => {
  const s = 1 / (size * size);
  const ratio =
    size < 2.857142857142857
      ? polynomial(FAR, s) / polynomial(FAR_BELOW, s)
      : polynomial(FARTHER, s) / polynomial(FARTHER_BELOW, s);
  const z = withoutLowWord(size);
  return (expNearest(-z * z - 0.5625) * expNearest((z - size) * (z + size) + ratio)) / size;
};

/** erf x in float64. */
export const erfDouble = (x: number): number => {
  const size = Math.abs(x);
  const sign = x < 0 ? -1 : 1;
  if (size < 3.725290298461914e-9) return x + EIGHTH * x;
  if (size < 0.84375) return x + x * near(x * x);
  if (size < 1.25) return sign * (ERX + nearOne(size));
  return size < 6 ? sign * (1 - tail(size)) : sign;
};

/** 1 − erf x in float64. */
export const erfcDouble = (x: number): number => {
  const size = Math.abs(x);
  if (size < 1.3877787807814457e-17) return 1 - x;
  if (size < 0.84375) {
    const y = x * near(x * x);
    return x < 0.25 ? 1 - (x + y) : 0.5 - (y + (x - 0.5));
  }
  if (size < 1.25) return x >= 0 ? 1 - ERX - nearOne(size) : 1 + (ERX + nearOne(size));
  if (x > 0) return size < 28 ? tail(size) : 0;
  return size < 6 ? 2 - tail(size) : 2;
};

const HALF_ROOT_PI = 0.886226925452758;

/** The inverse of the error function within 1 ulp: a step of Newton's after the rational function. */
export const erfinvNearest = (y: number): number => {
  const size = Math.abs(y);
  const x = erfinv(size);
  if (!(size > 0 && size < 1)) return erfinv(y);
  const excess = x < 0.5 ? erfDouble(x) - size : 1 - size - erfcDouble(x);
  const value = x - excess * HALF_ROOT_PI * expNearest(x * x);
  return y < 0 ? -value : value;
};

const NUMERATOR = [
  0.00022905065861350646, 0.0034082910107109507, 0.05095569506238086, 0.18520832239976145, 1.128379143519084,
].map(Math.fround);
const DENOMINATOR = [
  -1.1791602954361697e-7, 2.3547966471313183e-5, 0.0010179625278914884, 0.01407047017116766,
  0.11098505178285362, 0.4974692511006754, 1,
].map(Math.fround);
/** From here on XLA takes ±1. */
const LAST = Math.fround(3.7439212799072266);

const horner = (coefficients: readonly number[], x: number): number => {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = fusedSingle(sum, x, coefficients[i]!);
  return sum;
};

/** erf x of a float32 in float32. */
export const erfSingle = (x: number): number => {
  if (Math.abs(x) >= LAST) return x < 0 ? -1 : 1;
  const square = Math.fround(x * x);
  return Math.fround(Math.fround(x * horner(NUMERATOR, square)) / horner(DENOMINATOR, square));
};
