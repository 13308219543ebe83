import { exponentOf, scale } from "./bits.ts";

// π/2 in parts of 33 bits, so that products with up to 20 bits are exact, and the rest.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;
/** Below it three parts of π/2 reduce an argument; above, an integer of a thousand bits does. */
const FAR = 1e5;

const SIN = [
  -0.16666666666666666, 0.008333333333333333, -0.0001984126984126984, 2.7557319223985893e-6,
  -2.505210838544172e-8, 1.6059043836821613e-10, -7.647163731819816e-13, 2.8114572543455206e-15,
] as const;
const COS = [
  0.041666666666666664, -0.001388888888888889, 2.48015873015873e-5, -2.755731922398589e-7,
  2.08767569878681e-9, -1.1470745597729725e-11, 4.779477332387385e-14, -1.5619206968586225e-16,
] as const;

const horner = (coefficients: readonly number[], x: number): number => {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
};

/** sin and cos of r + low by Taylor's series, |r| ≤ π/4. */
const sinNear = (r: number, low: number): number => {
  const square = r * r;
  return r + (low * (1 - 0.5 * square) + r * square * horner(SIN, square));
};
const cosNear = (r: number, low: number): number => {
  const square = r * r;
  const half = 0.5 * square;
  const first = 1 - half;
  return first + (1 - first - half + (square * square * horner(COS, square) - r * low));
};

interface Reduced {
  readonly quadrant: number;
  readonly r: number;
  readonly low: number;
}

/** x = n · π/2 + r + low; the quadrant is n mod 4. */
const reduce = (x: number): Reduced => {
  if (Math.abs(x) > FAR) return reduceFar(x);
  const n = Math.floor(x * TWO_OVER_PI + 0.5);
  const a = x - n * HALF_PI_1;
  const b = n * HALF_PI_2;
  const c = a - b;
  const lost = a - c - b - n * HALF_PI_3;
  const r = c + lost;
  return { quadrant: ((n % 4) + 4) % 4, r, low: lost - (r - c) };
};

const BITS = 1200n;
/** π/2 · 2^BITS, by Machin's formula π/4 = 4 arctan(1/5) − arctan(1/239). */
let halfPi: bigint | undefined;
const arctanInverse = (n: bigint): bigint => {
  let power = (1n << (BITS + 64n)) / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / k;
  }
  return sum;
};

/** Every finite double is an integer times 2⁻¹⁰⁷⁴: exact to 1200 − 1024 bits of the quotient's fraction. */
const reduceFar = (x: number): Reduced => {
  halfPi ??= (2n * (4n * arctanInverse(5n) - arctanInverse(239n))) >> 64n;
  const e = exponentOf(Math.abs(x));
  const fixed = BigInt(scale(x, 52 - e)) << (BITS + BigInt(e - 52));
  const doubled = 2n * halfPi;
  let n = (2n * fixed + halfPi) / doubled;
  if (2n * fixed + halfPi < 0n && n * doubled !== 2n * fixed + halfPi) n -= 1n;
  const rest = fixed - n * halfPi;
  const high = Number(rest >> (BITS - 120n));
  const low = Number((rest - (BigInt(high) << (BITS - 120n))) >> (BITS - 240n));
  return { quadrant: Number(((n % 4n) + 4n) % 4n), r: scale(high, -120), low: scale(low, -240) };
};

/**
 * sin x within 1 ulp, for every double.
 *
 * ```ts
 * sin(1); // ≈ 0.8414709848078965
 * sin(1e22); // ≈ -0.8522008497671888
 * ```
 */
export const sin = (x: number): number => {
  if (!Number.isFinite(x)) return Number.NaN;
  if (Math.abs(x) < 1e-9) return x;
  const { quadrant, r, low } = reduce(x);
  const value = quadrant % 2 === 0 ? sinNear(r, low) : cosNear(r, low);
  return quadrant < 2 ? value : -value;
};

/**
 * cos x within 1 ulp, for every double.
 *
 * ```ts
 * cos(0); // 1
 * cos(1); // ≈ 0.5403023058681398
 * ```
 */
export const cos = (x: number): number => {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, r, low } = reduce(x);
  const value = quadrant % 2 === 0 ? cosNear(r, low) : sinNear(r, low);
  return quadrant === 0 || quadrant === 3 ? value : -value;
};
