import { type Activation, checkActivation } from "../activation/index.ts";
import { InputError, shown } from "../base/index.ts";

import { curves } from "./curves.ts";
import { homogeneous, powerOf } from "./homogeneous.ts";
import { growthAt, slopeAt, squareAt } from "./moments.ts";
import { type Roots, roots } from "./root.ts";
import { checkVariances, type Variances } from "./variances.ts";

/**
 * What lengths near a fixed point do: `stable` ones come to it from both sides; `half-stable` from one
 * side, while those on the other leave it; `unstable` ones leave it.
 */
export type Stability = "stable" | "half-stable" | "unstable";

/** A length that the length map leaves as it is. */
export interface FixedPoint {
  readonly length: number;
  /** Slope of the length map there. */
  readonly slope: number;
  readonly stability: Stability;
}

/** How near to 1 a slope of the length map is no longer told from 1. */
export const MARGINAL = 1e-6;

/** q ← σ_w² E[φ(√q z)²] + σ_b² */
const next = (phi: Activation, { weightVariance, biasVariance }: Variances, q: number): number =>
  weightVariance * squareAt(phi, q) + biasVariance;

/** Whether lengths grow (above 0) or shrink at q: q₊/q − 1. Its zeros are the fixed points above 0. */
const gap = (phi: Activation, variances: Variances, q: number): number => next(phi, variances, q) / q - 1;

const gapRoots = (phi: Activation, variances: Variances): Roots => {
  const { lengths, squares } = curves(phi);
  const { weightVariance, biasVariance } = variances;
  const values = lengths.map((q, i) => (weightVariance * squares[i]! + biasVariance) / q - 1);
  return roots((q) => gap(phi, variances, q), lengths, values);
};

/**
 * Fixed points of the length map q ← σ_w² E[φ(√q z)²] + σ_b², ascending. An activation that is linear on each
 * side of 0 keeps every length at one weight variance: `null`.
 *
 * ```ts
 * fixedPoints(activation("relu"), { weightVariance: 1, biasVariance: 0.5 })?.[0]?.length; // 1
 * fixedPoints(activation("relu"), { weightVariance: 2, biasVariance: 0 }); // null
 * fixedPoints(activation("silu"), { weightVariance: 2.4, biasVariance: 0 })?.length; // 2
 * ```
 */
export const fixedPoints = (phi: Activation, variances: Variances): FixedPoint[] | null => {
  checkActivation("fixedPoints", phi);
  checkVariances("fixedPoints", variances);
  const { weightVariance, biasVariance } = variances;
  const slopes = homogeneous(phi);
  if (slopes !== null) {
    const slope = weightVariance * powerOf(slopes);
    if (Math.abs(slope - 1) < 1e-12) return biasVariance === 0 ? null : [];
    const stability = slope < 1 ? "stable" : "unstable";
    const length = biasVariance / (1 - slope);
    return length < 0 ? [] : [{ length: length + 0, slope, stability }];
  }
  const found = gapRoots(phi, variances);
  if (found.first === 0) return null;
  const points = found.at.map((length) => {
    const slope = weightVariance * growthAt(phi, length);
    return { length, slope, stability: stabilityOf(phi, variances, length, slope) };
  });
  if (!keepsZero(phi, biasVariance)) return points;
  const slope = weightVariance * slopeAt(phi, 0);
  return [{ length: 0, slope, stability: found.first < 0 ? "stable" : "unstable" }, ...points];
};

/** Whether a signal of length 0 stays so. */
export const keepsZero = (phi: Activation, biasVariance: number): boolean =>
  biasVariance === 0 && Math.abs(phi.value(0)) < 1e-12;

/** Stability of a fixed point above 0; near slope 1 by what lengths on both sides do. */
export const stabilityOf = (
  phi: Activation,
  variances: Variances,
  length: number,
  slope: number,
): Stability => {
  if (Math.abs(Math.abs(slope) - 1) > MARGINAL) return Math.abs(slope) < 1 ? "stable" : "unstable";
  const comesFromBelow = gap(phi, variances, length * (1 - ASIDE)) > 0;
  const comesFromAbove = gap(phi, variances, length * (1 + ASIDE)) < 0;
  if (comesFromBelow !== comesFromAbove) return "half-stable";
  return comesFromBelow ? "stable" : "unstable";
};

/** How far aside, as a share, a marginal fixed point is looked at: its square exceeds the rounding by far. */
const ASIDE = 1e-2;

/**
 * Where lengths go, from one that is given: a fixed point, 0, `Infinity`, or `null` where every length stays.
 * The map cannot cycle: ln q₊ falls by no more than half of what ln q grows.
 *
 * ```ts
 * settledLength(activation("relu"), { weightVariance: 1, biasVariance: 0.5 }); // 1
 * settledLength(activation("tanh"), { weightVariance: 0.5, biasVariance: 0 }); // 0
 * ```
 */
export const settledLength = (phi: Activation, variances: Variances, from = 1): number | null => {
  checkActivation("settledLength", phi);
  checkVariances("settledLength", variances);
  if (!(Number.isFinite(from) && from >= 0)) {
    throw new InputError("settledLength", `expected a length ≥ 0, got ${shown(from)}`);
  }
  const slopes = homogeneous(phi);
  if (slopes !== null) {
    const points = fixedPoints(phi, variances);
    if (points === null) return null;
    return points[0]?.stability === "stable" ? points[0].length : Infinity;
  }
  const found = gapRoots(phi, variances);
  if (found.first === 0) return null;
  let q = from;
  const { lengths } = curves(phi);
  const [least, most] = [lengths[0]!, lengths.at(-1)!];
  // A map that falls may leap over a fixed point. Once it is near one, the next in its way is its end.
  const leaps = found.at.length > 1 ? LEAPS : 0;
  for (let i = 0; i < leaps && q > least && q < most; i++) q = next(phi, variances, q);
  q = Math.min(most, Math.max(least, q));
  const drift = gap(phi, variances, q);
  const near = found.at.find((length) => Math.abs(length / q - 1) < 1e-9);
  if (near !== undefined) return near;
  if (drift > 0) return found.at.find((length) => length > q) ?? Infinity;
  return found.at.findLast((length) => length < q) ?? 0;
};

const LEAPS = 20;
