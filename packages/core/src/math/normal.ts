import { erfc } from "./erf.ts";
import { log } from "./log.ts";

const ratio = (numerator: readonly number[], denominator: readonly number[], r: number): number => {
  let top = 0;
  let bottom = 0;
  for (let i = numerator.length - 1; i >= 0; i--) top = top * r + numerator[i]!;
  for (let i = denominator.length - 1; i >= 0; i--) bottom = bottom * r + denominator[i]!;
  return top / bottom;
};

// The coefficients of PPND16 in Wichura's algorithm AS 241, lowest order first.
const CENTRE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
] as const;
const CENTRE_BELOW = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
] as const;
const MIDDLE = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
] as const;
const MIDDLE_BELOW = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
] as const;
const FAR = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
] as const;
const FAR_BELOW = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
] as const;

/** Φ⁻¹(½ + q), given also the smaller of the two tails. */
const quantile = (q: number, tail: number): number => {
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, CENTRE_BELOW, 0.180625 - q * q);
  const r = Math.sqrt(-log(tail));
  const value = r <= 5 ? ratio(MIDDLE, MIDDLE_BELOW, r - 1.6) : ratio(FAR, FAR_BELOW, r - 5);
  return q < 0 ? -value : value;
};

/**
 * Φ⁻¹(p), the quantile of N(0, 1), to about 1e-16 relative. [1]
 *
 * ```ts
 * normalQuantile(0.975); // ≈ 1.959963984540054
 * normalQuantile(0.5); // 0
 * ```
 *
 * [1] Wichura 1988, algorithm AS 241, https://doi.org/10.2307/2347330
 */
export const normalQuantile = (p: number): number => {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  return quantile(p - 0.5, Math.min(p, 1 - p));
};

/**
 * Φ(x), the distribution function of N(0, 1).
 *
 * ```ts
 * normalCdf(1.959963984540054); // ≈ 0.975
 * ```
 */
export const normalCdf = (x: number): number => 0.5 * erfc(-x * Math.SQRT1_2);

/**
 * erf⁻¹(y) for −1 ≤ y ≤ 1.
 *
 * ```ts
 * erfinv(0.5); // ≈ 0.4769362762044699
 * ```
 */
export const erfinv = (y: number): number => {
  if (!(Math.abs(y) < 1)) return Math.abs(y) === 1 ? y * Infinity : Number.NaN;
  return quantile(y / 2, (1 - Math.abs(y)) / 2) * Math.SQRT1_2;
};
