import { exp } from "./exp.ts";
import { logParts } from "./log.ts";

/**
 * eˣ rounded correctly but for the nearest of ties, for finite results: `exp` and a step of Newton's by
 * the parts of its logarithm.
 *
 * ```ts
 * expNearest(0); // 1
 * expNearest(-0.5); // 0.6065306597126334
 * ```
 */
export const expNearest = (x: number): number => {
  const first = exp(x);
  if (first === 0) return 0;
  const { hi, lo } = logParts(first);
  return first + first * (x - hi - lo);
};
