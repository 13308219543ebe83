import { type Activation, checkActivation } from "../activation/index.ts";
import { checkKind, KIND, optionsOf } from "../base/index.ts";
import { log } from "../math/index.ts";
import { correlationSlope } from "./correlation-map.ts";
import { type CriticalPair, critical } from "./critical.ts";
import { curves } from "./curves.ts";
import { type Gains, gains } from "./gains.ts";
import { homogeneous, powerOf } from "./homogeneous.ts";
import { type FixedPoint, fixedPoints, settledLength } from "./length-map.ts";
import { growthAt, slopeAt } from "./moments.ts";
import { checkVariance, VARIANCES, type Variances } from "./variances.ts";

export type Phase = "ordered" | "chaotic" | "critical";

/** What a wide network of an activation does to a signal, layer after layer. */
export interface Theory extends Variances {
  readonly gains: Gains;
  /**
   * The length q* = E[z²] that layers settle at, from length 1 or, at the critical pair, from those that it
   * says; `null` where every length stays, `Infinity` where all grow.
   */
  readonly fixedPoint: number | null;
  /** Every length that stays, ascending, the unstable ones too; `null` where all do. */
  readonly fixedPoints: readonly FixedPoint[] | null;
  /** σ_w² E[φ′(√q* z)²]: how much the gradient's square grows a layer. */
  readonly chi1: number;
  /** Layers over which correlation and length come e times nearer to their fixed points; `Infinity` where they never do. */
  readonly depthScale: { readonly correlation: number; readonly length: number };
  readonly phase: Phase;
  /** The critical pair at this bias variance: lengths settle where χ₁ = 1; `null` where none do. */
  readonly critical: CriticalPair | null;
  /** Why there is no critical pair; `null` where there is one. */
  readonly reason: string | null;
  /** About the depth that still trains: 6 · correlation, or 6 / ln χ₁ where lengths grow for ever. */
  readonly trainableDepth: number;
}

/**
 * Mean-field theory of signal propagation: length map q ← σ_w² E[φ(√q z)²] + σ_b², its fixed point,
 * the slope χ₁ there, depth scales and the critical line. The weight variance is fanIn · Var[w]; it
 * defaults to the critical one. [1, 2]
 *
 * ```ts
 * theory(activation("relu")).weightVariance; // 2
 * theory(activation("tanh"), { weightVariance: 1.5, biasVariance: 0.05 }).chi1; // ≈ 0.93864
 * theory(activation("tanh"), { biasVariance: 0.05 }).weightVariance; // ≈ 1.76095
 * ```
 *
 * [1] Poole et al. 2016, arXiv:1606.05340
 * [2] Schoenholz et al. 2017, arXiv:1611.01232
 */
export const theory = (phi: Activation, given: Partial<Variances> = {}): Theory => {
  checkActivation("theory", phi);
  const { biasVariance = 0 } = optionsOf("theory", given, VARIANCES);
  checkVariance("biasVariance", biasVariance);
  if (given.weightVariance !== undefined) checkVariance("weightVariance", given.weightVariance);
  const ownGains = gains(phi);
  const { pair, reason } = critical(phi, biasVariance);
  const weightVariance =
    given.weightVariance ?? pair?.weightVariance ?? ownGains.derivative * ownGains.derivative;
  const variances = { weightVariance, biasVariance };
  const own = pair !== null && weightVariance === pair.weightVariance ? pair : null;
  const fixedPoint = own === null ? settledLength(phi, variances) : own.length;
  const { chi1, length, correlation } = slopesAt(phi, variances, fixedPoint);
  const phase = Math.abs(chi1 - 1) < 1e-6 ? "critical" : chi1 < 1 ? "ordered" : "chaotic";
  const depthScale = {
    correlation: phase === "critical" ? Infinity : scaleOf(correlation),
    length: scaleOf(length),
  };
  return {
    gains: ownGains,
    weightVariance,
    biasVariance,
    fixedPoint,
    fixedPoints: withPair(fixedPoints(phi, variances), own),
    chi1,
    depthScale,
    phase,
    critical: pair,
    reason,
    trainableDepth: 6 * (fixedPoint === Infinity ? 1 / log(Math.max(1, chi1)) : depthScale.correlation),
  };
};

/** A half-stable length is a double root, which rounding may hide. */
const withPair = (points: readonly FixedPoint[] | null, pair: CriticalPair | null) => {
  if (points === null || pair === null || pair.length === null) return points;
  const { length, stability } = pair;
  if (stability !== "half-stable") return points;
  const others = points.filter((point) => Math.abs(point.length - length) > 1e-2 * length);
  return [...others, { length, slope: 1, stability }].sort((a, b) => a.length - b.length);
};

/** χ₁ and the slopes of the length and the correlation map at the length that layers settle at. */
const slopesAt = (phi: Activation, variances: Variances, fixedPoint: number | null) => {
  const { weightVariance, biasVariance } = variances;
  const slopes = homogeneous(phi);
  if (slopes !== null) {
    const chi1 = weightVariance * powerOf(slopes);
    // Where lengths grow for ever, correlations come to 1 more slowly than by any factor a layer.
    return { chi1, length: chi1, correlation: Math.min(1, chi1) };
  }
  if (fixedPoint !== Infinity) {
    const q = fixedPoint ?? 1;
    const chi1 = weightVariance * slopeAt(phi, q);
    const length = weightVariance * growthAt(phi, q);
    return { chi1, length, correlation: q === 0 ? chi1 : correlationSlope(phi, variances, q, chi1) };
  }
  const { lengths, squares, slopes: powers } = curves(phi);
  const q = lengths.at(-1)!;
  const chi1 = weightVariance * limitOf(powers);
  const next = weightVariance * squares.at(-1)! + biasVariance;
  const slope = (weightVariance * powers.at(-1)! * q) / next;
  const correlation = Math.abs(slope - 1) < 1e-4 ? 1 : correlationSlope(phi, variances, q, slope);
  return { chi1, length: Infinity, correlation };
};

/** What E[φ′²] comes to as lengths grow: without end, or a limit, which Aitken's formula extrapolates to. */
const limitOf = (powers: readonly number[]): number => {
  const [last, before, first] = [0, SPAN, 2 * SPAN].map((back) => powers.at(-1 - back) ?? powers[0]!) as [
    number,
    number,
    number,
  ];
  if (last > 1.5 * before) return Infinity;
  const [rise, earlier] = [last - before, before - first];
  return Math.abs(rise) < Math.abs(earlier) ? last - (rise * rise) / (rise - earlier) : last;
};

/** Points of the curves over which lengths grow by 16. */
const SPAN = 8;

/** −1 / ln|slope|: a negative slope settles too, in turns; one of 1 or more never does; one that is rounding, at once. */
const scaleOf = (slope: number): number => {
  const size = Math.abs(slope);
  return size >= 1 - 1e-9 ? Infinity : size < 1e-13 ? 0 : -1 / log(size);
};

/**
 * Expected shift of ln RMS of a ReLU network of finite width: −5 depth / (4 width). Each layer's squared
 * length is a random product whose logarithm has a negative mean. [1]
 *
 * ```ts
 * finiteWidthShift(40, 100); // -0.5
 * ```
 *
 * [1] Hanin and Nica 2020, arXiv:1812.05994
 */
export const finiteWidthShift = (depth: number, width: number): number => {
  checkKind("finiteWidthShift", "depth", depth, KIND.finite);
  checkKind("finiteWidthShift", "width", width, KIND.finite);
  return (-5 * depth) / (4 * width);
};
