import type { Activation } from "../activation/index.ts";
import { InputError } from "../base/index.ts";
import { log } from "../math/index.ts";
import { type Gains, gains, slopeBelow } from "./gains.ts";
import { growthAt, paired, slopeAt, squareAt } from "./moments.ts";
import { root } from "./root.ts";

export type Phase = "ordered" | "chaotic" | "critical";

export interface Variances {
  readonly weightVariance: number;
  readonly biasVariance: number;
}

/** What a wide network of an activation does to a signal, layer after layer. */
export interface Theory extends Variances {
  readonly gains: Gains;
  /** The length q* = E[z²] that layers settle at; `null` where every length stays, `Infinity` where all grow. */
  readonly fixedPoint: number | null;
  /** σ_w² E[φ′(√q* z)²]: how much the gradient's square grows a layer. */
  readonly chi1: number;
  /** Layers over which correlation and length come e times nearer to their fixed points. */
  readonly depthScale: { readonly correlation: number; readonly length: number };
  readonly phase: Phase;
  /** The weight variance with χ₁ = 1 at this bias variance; `null` where there is none. */
  readonly critical: Variances | null;
  /** About the depth that still trains: 6 · correlation. */
  readonly trainableDepth: number;
}

/** A length below it is 0; at 0 itself kinks would have no sides. */
const SMALLEST = 1e-12;
const LARGEST = 1e12;

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
  const { biasVariance = 0 } = given;
  checkVariance("biasVariance", biasVariance);
  if (given.weightVariance !== undefined) checkVariance("weightVariance", given.weightVariance);
  const ownGains = gains(phi);
  const critical = criticalVariances(phi, biasVariance);
  const weightVariance =
    given.weightVariance ?? critical?.weightVariance ?? ownGains.derivative * ownGains.derivative;
  const fixedPoint = fixedLength(phi, weightVariance, biasVariance);
  const q = fixedPoint === null ? 1 : Math.min(LARGEST, Math.max(SMALLEST, fixedPoint));
  const slope = slopeBelow(phi);
  const chi1 = slope === null ? weightVariance * slopeAt(phi, q) : (weightVariance * (1 + slope * slope)) / 2;
  const phase = Math.abs(chi1 - 1) < 1e-6 ? "critical" : chi1 < 1 ? "ordered" : "chaotic";
  const lengthSlope = slope === null ? weightVariance * growthAt(phi, q) : chi1;
  const correlation =
    phase === "critical"
      ? Infinity
      : phase === "ordered"
        ? scaleOf(chi1)
        : scaleOf(chaoticSlope(phi, weightVariance, biasVariance, q));
  return {
    gains: ownGains,
    weightVariance,
    biasVariance,
    fixedPoint,
    chi1,
    depthScale: { correlation, length: scaleOf(lengthSlope) },
    phase,
    critical,
    trainableDepth: 6 * correlation,
  };
};

/** −1 / ln(slope); a slope of 1 or more never settles. */
const scaleOf = (slope: number): number => (slope >= 1 - 1e-9 ? Infinity : slope <= 0 ? 0 : -1 / log(slope));

const checkVariance = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new InputError(name, `expected a finite number ≥ 0, got ${String(value)}`);
  }
};

/**
 * The length map's fixed point that a signal of length 1 is drawn to.
 *
 * ```ts
 * fixedLength(activation("relu"), 1, 0.5); // 1
 * fixedLength(activation("relu"), 2, 0); // null
 * ```
 */
export const fixedLength = (phi: Activation, weightVariance: number, biasVariance: number): number | null => {
  const slope = slopeBelow(phi);
  if (slope !== null) {
    const factor = (weightVariance * (1 + slope * slope)) / 2;
    if (Math.abs(factor - 1) < 1e-12) return biasVariance === 0 ? null : Infinity;
    return factor > 1 ? Infinity : biasVariance / (1 - factor);
  }
  const gap = (q: number): number => (weightVariance * squareAt(phi, q) + biasVariance) / q - 1;
  const at1 = gap(1);
  if (at1 === 0) return 1;
  // Steps by factors until the gap changes sign: up where lengths grow, down where they shrink.
  const step = at1 > 0 ? 2 : 0.5;
  let inner = 1;
  while (inner > SMALLEST && inner < LARGEST) {
    const outer = inner * step;
    if (gap(outer) > 0 !== at1 > 0) {
      const found = root(gap, Math.min(inner, outer), Math.max(inner, outer));
      return found ?? inner;
    }
    inner = outer;
  }
  return at1 > 0 ? Infinity : 0;
};

/** The slope of the correlation map at its fixed point below 1. */
const chaoticSlope = (phi: Activation, weightVariance: number, biasVariance: number, q: number): number => {
  const map = (c: number): number => (weightVariance * paired(phi.value, phi.kinks, q, c) + biasVariance) / q;
  const c = root((x) => map(x) - x, 0, 0.9999) ?? 0;
  return weightVariance * paired(phi.derivative, phi.kinks, q, c);
};

/** The point of the critical line χ₁ = 1 at a bias variance. */
export const criticalVariances = (phi: Activation, biasVariance: number): Variances | null => {
  const slope = slopeBelow(phi);
  if (slope !== null) {
    return biasVariance === 0 ? { weightVariance: 2 / (1 + slope * slope), biasVariance } : null;
  }
  // On the line σ_w² = 1 / E[φ′²], and q = σ_w² E[φ²] + σ_b².
  const gap = (q: number): number => (q - squareAt(phi, q) / slopeAt(phi, q) - biasVariance) / (1 + q);
  const smallest = 1e-8;
  if (biasVariance === 0 && Math.abs(phi.value(0)) < 1e-12 && phi.derivative(0) !== 0) {
    const weightVariance = 1 / (phi.derivative(0) * phi.derivative(0));
    // At length 0, if that is where lengths go: tanh's line begins there, GELU's does not.
    if ((fixedLength(phi, weightVariance, 0) ?? 1) < 1e-3) return { weightVariance, biasVariance };
  }
  let low = smallest;
  for (let high = smallest * 4; high < 1e6; low = high, high *= 4) {
    if (gap(low) > 0 === gap(high) > 0) continue;
    const q = root(gap, low, high);
    return q === null ? null : { weightVariance: 1 / slopeAt(phi, q), biasVariance };
  }
  return null;
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
export const finiteWidthShift = (depth: number, width: number): number => (-5 * depth) / (4 * width);
