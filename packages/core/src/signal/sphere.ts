import type { Activation } from "../activation/index.ts";
import { exp, log } from "../math/index.ts";
import type { Cumulants } from "./cumulants.ts";
import { polygamma } from "./log-chi-squared.ts";
import { normalNodes } from "./normal-nodes.ts";

/** Moments of the mean m of φ² over n units, and of b, that of φ′² h², for z and h uniform on spheres. */
export interface SphereMoments {
  /** Var m / E[m]² */
  readonly signal: number;
  /** Var b / E[b]² */
  readonly gradient: number;
  readonly correlation: number;
  /** ln E[m] and ln E[b] less those for independent normals. */
  readonly signalMean: number;
  readonly gradientMean: number;
}

/**
 * Moments on the sphere |u|² = n, by the joint density of two coordinates, ∝ (1 − (u₁² + u₂²)/n)^((n−4)/2).
 * Where h does not lie on a sphere, `roundAbove` is false and h is normal.
 */
export const sphereMoments = (
  phi: Activation,
  variance: number,
  shift: number,
  n: number,
  roundAbove: boolean,
): SphereMoments => {
  const { points, weights: plain } = normalNodes([], 0);
  const { single, pair } = densities(n);
  const root = Math.sqrt(variance);
  const x = points.map((z) => square(phi.value(shift + root * z)));
  const y = points.map((z) => square(phi.derivative(shift + root * z)));
  const mean = (values: Float64Array, weights: Float64Array): number =>
    values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  const meanX = mean(x, single);
  const meanY = mean(y, single);
  // Σ u² is n on the sphere: what u² explains is taken out, exactly and without loss of digits.
  const beside = (values: Float64Array, average: number): Float64Array => {
    const fourth = mean(
      points.map((z) => square(z * z - 1)),
      single,
    );
    const slope =
      mean(
        values.map((value, i) => (value - average) * (points[i]! * points[i]! - 1)),
        single,
      ) / fourth;
    return values.map((value, i) => value - average - slope * (points[i]! * points[i]! - 1));
  };
  const a = beside(x, meanX);
  const b = beside(y, meanY);
  const count = points.length;
  let [aa, ab, bb, yy] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const weight = pair[i * count + j]!;
      if (weight === 0) continue;
      aa += weight * a[i]! * a[j]!;
      ab += weight * a[i]! * b[j]!;
      bb += weight * b[i]! * b[j]!;
      yy += weight * y[i]! * y[j]!;
    }
  }
  const own = (u: Float64Array, v: Float64Array): number =>
    mean(
      u.map((value, i) => value * v[i]!),
      single,
    );
  const over = (self: number, cross: number): number => (self + (n - 1) * cross) / n;
  const signal = Math.max(0, over(own(a, a), aa));
  const both = over(own(a, b), ab);
  // b = Σ y h² / n: the part of y alone, and what h adds: Var h² is 2 (n−1)/(n+2), or 2 for normal h.
  const spread = roundAbove ? (2 * (n - 1)) / (n + 2) : 2;
  const together = roundAbove ? -2 / (n + 2) : 0;
  const gradient = Math.max(
    0,
    over(bb === 0 ? 0 : own(b, b), bb) + (spread * own(y, y) + (n - 1) * together * yy) / n,
  );
  const shared = Math.sqrt(signal * gradient);
  return {
    signal: signal / square(meanX),
    gradient: gradient / square(meanY),
    correlation: shared > 0 ? Math.max(-1, Math.min(1, both / shared)) : 0,
    signalMean: log(meanX / mean(x, plain)),
    gradientMean: log(meanY / mean(y, plain)),
  };
};

/** Cumulants of ln m where m has this relative variance: those of a Gamma law, bent as the normal case's are. */
export const logOfMean = (
  normal: Cumulants,
  wide: number,
  relative: number,
  normalRelative: number,
  shift: number,
): Cumulants => {
  const [own, usual] = [gammaCumulants(relative), gammaCumulants(normalRelative)];
  const part = normalRelative > 0 ? Math.min(1, relative / normalRelative) : 0;
  const part2 = part * part;
  return {
    mean: wide + shift + own.mean + part * (normal.mean - wide - usual.mean),
    variance: Math.max(0, own.variance + part2 * (normal.variance - usual.variance)),
    third: part2 * part * normal.third,
  };
};

const gammaCumulants = (relative: number): Cumulants => {
  if (relative < 1e-6) return { mean: -relative / 2, variance: relative, third: 0 };
  const [digamma, trigamma, tetragamma] = polygamma(1 / relative);
  return { mean: digamma + log(relative), variance: trigamma, third: tetragamma };
};

const square = (value: number): number => value * value;

const known = new Map<number, { readonly single: Float64Array; readonly pair: Float64Array }>();

/** Weights of the nodes for one coordinate of u and for two. */
const densities = (n: number) => {
  const before = known.get(n);
  if (before !== undefined) return before;
  const { points, weights } = normalNodes([], 0);
  const count = points.length;
  // The normal density that the weights hold is divided out again.
  const lift = (z: number): number => (z * z) / 2;
  const pair = new Float64Array(count * count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const [u, v] = [points[i]!, points[j]!];
      const rest = 1 - (u * u + v * v) / n;
      if (rest <= 0) continue;
      const value = weights[i]! * weights[j]! * exp(((n - 4) / 2) * log(rest) + lift(u) + lift(v));
      pair[i * count + j] = value;
      total += value;
    }
  }
  const single = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      pair[i * count + j]! /= total;
      single[i]! += pair[i * count + j]!;
    }
  }
  const made = { single, pair };
  known.set(n, made);
  return made;
};
