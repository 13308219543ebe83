import type { Activation } from "../activation/index.ts";
import type { Variances } from "./length-map.ts";
import { paired } from "./moments.ts";
import { root } from "./root.ts";

/** The slope of the correlation map at its fixed point below 1, at a length that stays. */
export const chaoticSlope = (
  phi: Activation,
  { weightVariance, biasVariance }: Variances,
  q: number,
): number => {
  const map = (c: number): number => (weightVariance * paired(phi.value, phi.kinks, q, c) + biasVariance) / q;
  const c = root((x) => map(x) - x, 0, 0.9999) ?? 0;
  return weightVariance * paired(phi.derivative, phi.kinks, q, c);
};
