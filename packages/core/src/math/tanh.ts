import { expm1 } from "./exp.ts";

/**
 * tanh x within 2 ulp: −t/(t + 2) with t = e^(−2|x|) − 1.
 *
 * ```ts
 * tanh(0); // 0
 * tanh(100); // 1
 * ```
 */
export const tanh = (x: number): number => {
  const t = expm1(-2 * Math.abs(x));
  const value = -t / (t + 2);
  return x < 0 ? -value : x === 0 ? x : value;
};
