import { exp, log } from "../math/index.ts";

/** The first three cumulants of a random number. */
export interface Cumulants {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
}

/** Cumulants at ln v, with the first two derivatives of the mean by ln v. */
export interface CurvedCumulants extends Cumulants {
  readonly slope: number;
  readonly bend: number;
}

export const NONE: Cumulants = { mean: 0, variance: 0, third: 0 };

const EULER = 0.5772156649015329;
const ZETA_3 = 1.2020569031595942;
const STEP = 0.5;
const FIRST = -28;

/**
 * Where E[exp(−t S)] is asked for: t = e^u over the mean of one term, u from −28 to 14. At step ½ the sums
 * below are right to about 1e-9, since the density of U is analytic and falls exponentially.
 */
export const LAPLACE_POINTS: Float64Array = Float64Array.from({ length: 85 }, (_, i) =>
  exp(FIRST + STEP * i),
);

/**
 * Cumulants of ln((X₁ + … + X_n) / n) for independent X ≥ 0 of one law, from its Laplace transform at
 * `LAPLACE_POINTS` / E[X]. With E exponential, P(ln E − ln S > u) = E[exp(−e^u S)]: U = ln E − ln S has that
 * survival function, and its cumulants are those of ln E and ln S together. `zero` is P(X = 0); the
 * cumulants are of S given that it is not 0.
 */
export const logMeanCumulants = (
  transform: Float64Array,
  mean: number,
  n: number,
  zero: number,
): Cumulants => {
  const none = power(zero, n);
  const shift = log(n);
  let [total, first, second, third] = [0, 0, 0, 0];
  let before = 1;
  const centre = -EULER - shift;
  for (let i = 0; i <= transform.length; i++) {
    const survival = i === transform.length ? 0 : Math.max(0, (power(transform[i]!, n) - none) / (1 - none));
    const mass = before - survival;
    const u = FIRST + STEP * (i - 0.5) - centre;
    total += mass;
    first += mass * u;
    second += mass * u * u;
    third += mass * u * u * u;
    before = survival;
  }
  const average = first / total;
  const variance = second / total - average * average;
  const skew = third / total - 3 * average * (second / total) + 2 * average * average * average;
  return {
    mean: -EULER - (average + centre) + log(mean) - shift,
    variance: Math.max(0, variance - (STEP * STEP) / 12 - (Math.PI * Math.PI) / 6),
    third: -(skew + 2 * ZETA_3),
  };
};

/** xⁿ for a whole n ≥ 1, by squaring. */
const power = (x: number, n: number): number => {
  let [result, square, left] = [1, x, n];
  for (; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
};
