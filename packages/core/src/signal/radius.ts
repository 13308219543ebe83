import { log } from "../math/index.ts";
import { type Cumulants, type CurvedCumulants, NONE } from "./cumulants.ts";
import { logChiSquared, polygamma } from "./log-chi-squared.ts";

/** Cumulants of ln(|Q u|² / E|Q u|²) of a random orthogonal Q `[to, from]`: it keeps a length, or projects it by a Beta law. */
export const projection = (from: number, to: number): Cumulants => {
  if (to >= from) return NONE;
  const [part, whole] = [polygamma(to / 2), polygamma(from / 2)];
  return {
    mean: part[0] - whole[0] - log(to / from),
    variance: part[1] - whole[1],
    third: part[2] - whole[2],
  };
};

/** What n independent normals have in the logarithm of their squared length more than `own`. */
export const lengthBeyond = (n: number, own: Cumulants): Cumulants => {
  const normal = logChiSquared(n);
  return {
    mean: normal.mean - own.mean,
    variance: normal.variance - own.variance,
    third: normal.third - own.third,
  };
};

/** A law with `times` the logarithm of a length, which is independent of the rest, taken off it or put to it. */
export const shiftedBy = <T extends Cumulants>(law: T, length: Cumulants, times: number): T => ({
  ...law,
  mean: law.mean + times * length.mean,
  variance: Math.max(0, law.variance + (times < 0 ? -1 : 1) * times * times * length.variance),
  third: law.third + times * times * times * length.third,
});

/** Part of the way from one law to another. */
export const between = <T extends CurvedCumulants>(from: T, to: T, part: number): T => ({
  ...from,
  mean: from.mean + part * (to.mean - from.mean),
  variance: from.variance + part * (to.variance - from.variance),
  third: from.third + part * (to.third - from.third),
});

/**
 * The law for z of fixed length: that of normal z less what the spread of their length, `length`, adds, to second
 * order in it, and less what the gradient's from above, `above`, does. Where little would be left, that is a difference of nearly equal
 * numbers, and `direct`, from moments on the sphere, is better.
 */
export const lengthTakenOff = <T extends CurvedCumulants>(
  normal: T,
  direct: T,
  length: Cumulants,
  above: Cumulants,
): T => {
  const { slope, bend } = normal;
  const spread = length.variance;
  const taken = slope * slope * spread + slope * bend * length.third + (bend * bend * spread * spread) / 2;
  const variance = normal.variance - taken - above.variance;
  const part = Math.max(0, Math.min(1, (variance / normal.variance - SURE_FROM) / (SURE_FROM / 2)));
  const less = {
    ...normal,
    mean: normal.mean - slope * length.mean - (bend / 2) * spread - above.mean,
    variance: Math.max(0, variance),
    third: normal.third - slope * slope * slope * length.third - above.third,
  };
  return between(direct, less, part);
};

/** Share of the variance that must be left for the difference to say more than moments do. */
const SURE_FROM = 0.3;
