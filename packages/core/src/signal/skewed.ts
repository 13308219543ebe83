import { exp } from "../math/index.ts";
import type { Cumulants } from "./cumulants.ts";

/** Beyond this skewness the transform below is no longer one to one where probability is. */
const MOST = 2;

const skewness = ({ variance, third }: Cumulants): number => {
  const skew = variance > 0 ? third / (variance * Math.sqrt(variance)) : 0;
  return Math.max(-MOST, Math.min(MOST, skew));
};

/** Standard Pearson III by Wilson and Hilferty: a normal z as a number of mean 0, variance 1 and this skewness. */
const bend = (z: number, skew: number): number => {
  if (Math.abs(skew) < 1e-4) return z;
  const base = 1 + (skew * z) / 6 - (skew * skew) / 36;
  return (2 / skew) * (base * base * base - 1);
};

/** Standard normal places at even distances with their weights: a sum over them is right to 1e-15 at a distance of ¾. */
const evenNodes = (distance: number) => {
  const count = Math.round(FARTHEST / distance);
  const places = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * distance);
  const densities = places.map((z) => exp((-z * z) / 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  return { places, weights: densities.map((density) => density / total) };
};

const FARTHEST = 4.5;
const COARSE = evenNodes(0.75);
/** For what starts from one point, where nothing else smooths the steps. */
const FINE = evenNodes(0.0625);

export const MOST_NODES: number = FINE.places.length;

export interface StandardNodes {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** Places and weights of mean 0, variance 1 and nearly the skewness of `cumulants`. */
export const standardNodes = (cumulants: Cumulants, fine: boolean): StandardNodes => {
  const { places, weights } = fine ? FINE : COARSE;
  const skew = skewness(cumulants);
  const bent = places.map((z) => bend(z, skew));
  let [mean, square] = [0, 0];
  for (let i = 0; i < bent.length; i++) mean += weights[i]! * bent[i]!;
  for (let i = 0; i < bent.length; i++) square += weights[i]! * (bent[i]! - mean) * (bent[i]! - mean);
  const spread = Math.sqrt(square);
  return { places: bent.map((value) => (value - mean) / spread), weights };
};

/** P(X ≤ x) for a number of these cumulants, as Pearson III has it, to about 1e-7. */
export const skewedCdf = (x: number, cumulants: Cumulants): number => {
  const standard = (x - cumulants.mean) / Math.sqrt(cumulants.variance);
  const skew = skewness(cumulants);
  if (standard < -9) return 0;
  if (standard > 9) return 1;
  if (Math.abs(skew) < 1e-4) return quickCdf(standard);
  const base = 1 + (skew * standard) / 2;
  if (base <= 0) return skew > 0 ? 0 : 1;
  return quickCdf((6 / skew) * (cubeRoot(base) - 1) + skew / 6);
};

/** Φ to 7.5e-8. [Abramowitz and Stegun, 26.2.17] */
const quickCdf = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    0.3989422804014327 *
    exp((-z * z) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
};

/** Of a number from 0 to about 10, by Newton's method from above. */
const cubeRoot = (x: number): number => {
  if (x < 1e-9) return 0;
  let root = 1 + (x - 1) / 3 > 0.5 ? 1 + (x - 1) / 3 : 0.5;
  for (let i = 0; i < 40; i++) {
    const next = (2 * root + x / (root * root)) / 3;
    if (Math.abs(next - root) < 1e-10 * root) return next;
    root = next;
  }
  return root;
};
