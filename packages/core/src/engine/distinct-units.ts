import { checkKind, KIND } from "../base/index.ts";

/**
 * How many units of a dense layer differ in incoming weights or bias: kernel `[units, inputs]`, bias
 * `[units]`. Two numbers are the same where they differ by at most `tolerance` relative; 0 asks for
 * the same bits (0 and −0 are the same).
 *
 * ```ts
 * distinctUnits([1, 2, 1, 2, 3, 4], [0, 0, 0]); // 2
 * ```
 */
export const distinctUnits = (kernel: ArrayLike<number>, bias: ArrayLike<number>, tolerance = 0): number => {
  checkKind("distinctUnits", "the kernel", kernel, KIND.numbers);
  checkKind("distinctUnits", "the bias", bias, KIND.numbers);
  checkKind("distinctUnits", "the tolerance", tolerance, KIND.finite);
  const units = bias.length;
  const inputs = kernel.length / units;
  const same = (a: number, b: number): boolean =>
    a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
  const alike = (a: number, b: number): boolean => {
    if (!same(bias[a]!, bias[b]!)) return false;
    for (let i = 0; i < inputs; i++) {
      if (!same(kernel[a * inputs + i]!, kernel[b * inputs + i]!)) return false;
    }
    return true;
  };
  const found: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    if (!found.some((other) => alike(unit, other))) found.push(unit);
  }
  return found.length;
};
