import { scale } from "./bits.ts";

const LN2_HIGH = 0.6931471803691238; // 32 bits
const LN2_LOW = 1.9082149292705877e-10;

/** 1/2!, 1/3!, … */
const COEFFICIENTS = [
  0.5, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889,
  0.0001984126984126984, 2.48015873015873e-5, 2.7557319223985893e-6, 2.755731922398589e-7,
  2.505210838544172e-8, 2.08767569878681e-9, 1.6059043836821613e-10, 1.1470745597729725e-11,
] as const;

/** (eʳ − 1 − r) / r² by Taylor's series, |r| ≤ 0.35. */
const tail = (r: number): number => {
  let sum = 0;
  for (let i = COEFFICIENTS.length - 1; i >= 0; i--) sum = sum * r + COEFFICIENTS[i]!;
  return sum;
};

/**
 * eˣ within 1 ulp: x = k · ln 2 + r with |r| ≤ ½ ln 2, then Taylor's series of eʳ, then · 2ᵏ.
 *
 * ```ts
 * exp(0); // 1
 * exp(1); // ≈ 2.718281828459045
 * ```
 */
export const exp = (x: number): number => {
  if (!(x < 709.782712893384)) return x > 0 ? Infinity : x;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const error = high - r - low;
  return scale(1 + (r + (error + r * r * tail(r))), k);
};

/**
 * eˣ − 1 within 1 ulp, also for small x.
 *
 * ```ts
 * expm1(1e-20); // 1e-20
 * ```
 */
export const expm1 = (x: number): number => {
  if (!(Math.abs(x) > 1e-300)) return x;
  if (x > 38) return exp(x);
  if (x < -38) return -1;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const p = r + (high - r - low + r * r * tail(r));
  if (k === 0) return p;
  const power = scale(1, k);
  return power * p + (power - 1);
};
