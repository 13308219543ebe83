import { productError } from "./double-double.ts";
import { exp } from "./exp.ts";
import { logParts } from "./log.ts";

/**
 * xʸ within a few ulp, with the special cases of IEEE 754 for x ≥ 0; negative x needs an integer y.
 *
 * ```ts
 * pow(2, 10); // 1024
 * pow(2, 0.5); // ≈ 1.414213562373
 * ```
 */
export const pow = (x: number, y: number): number => {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN;
    return y % 2 === 0 ? pow(-x, y) : -pow(-x, y);
  }
  if (x === 1) return 1;
  if (x === 0 || x === Infinity) return (x === 0) === y > 0 ? 0 : Infinity;
  if (Number.isInteger(y) && Math.abs(y) <= 64) return power(x, y);
  const { hi, lo } = logParts(x);
  const product = hi * y;
  if (!(Math.abs(product) < 800)) return exp(product);
  return exp(product) * (1 + (productError(hi, y, product) + lo * y));
};

/** By squaring: exact where the result is. */
const power = (x: number, n: number): number => {
  if (n < 0) return 1 / power(x, -n);
  let result = 1;
  for (let base = x, k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) result *= base;
    base *= base;
  }
  return result;
};
