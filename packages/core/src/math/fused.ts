import { productError, sumError } from "./double-double.ts";

/**
 * a · b + c rounded once, but for the nearest of ties, as a fused multiply-add gives it; for |a|, |b| < 2⁹⁹⁶.
 *
 * ```ts
 * fused(0.1, 10, -1); // 5.551115123125783e-17
 * ```
 */
export const fused = (a: number, b: number, c: number): number => {
  const product = a * b;
  const sum = product + c;
  return sum + (sumError(product, c, sum) + productError(a, b, product));
};
