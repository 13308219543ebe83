import { productError } from "./double-double.ts";
import { exp } from "./exp.ts";

const TWO_OVER_ROOT_PI = 1.1283791670955126;
const ONE_OVER_ROOT_PI = 0.5641895835477563;

/** e^(−x²) with the rounding error of x² made good. */
const gaussian = (x: number): number => {
  const square = x * x;
  return exp(-square) * (1 - productError(x, x, square));
};

/** (2/√π) e^(−x²) Σ 2ᵏ x²ᵏ⁺¹ / (2k + 1)!!, all terms of one sign. */
const series = (x: number): number => {
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * gaussian(x) * sum;
};

/** x e^(x²) √π erfc x by Laplace's continued fraction, from the far end, x ≥ 1. */
const fraction = (x: number): number => {
  let value = 0;
  for (let k = x < 2 ? 200 : 60; k >= 1; k--) value = k / 2 / (x + value);
  return 1 / (x + value);
};

/**
 * erf x = (2/√π) ∫₀ˣ e^(−t²) dt, within 8 ulp.
 *
 * ```ts
 * erf(1); // ≈ 0.84270079294971
 * ```
 */
export const erf = (x: number): number => {
  const size = Math.abs(x);
  if (!(size > 1e-160)) return TWO_OVER_ROOT_PI * x;
  if (size > 6) return x > 0 ? 1 : -1;
  if (size < 2) return series(x);
  const value = 1 - ONE_OVER_ROOT_PI * gaussian(size) * fraction(size);
  return x > 0 ? value : -value;
};

/**
 * erfc x = 1 − erf x, within 60 ulp (1e-14 relative) also where it is small.
 *
 * ```ts
 * erfc(5); // ≈ 1.5374597944e-12
 * ```
 */
export const erfc = (x: number): number => {
  if (Number.isNaN(x)) return x;
  if (x > 27) return 0;
  if (x < 0.5) return 1 - erf(x);
  if (x < 1) return 1 - series(x);
  return ONE_OVER_ROOT_PI * gaussian(x) * fraction(x);
};
