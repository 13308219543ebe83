import { type Activation, checkActivation } from "../activation/index.ts";
import { curves } from "./curves.ts";
import { homogeneous, powerOf } from "./homogeneous.ts";
import {
  type FixedPoint,
  fixedPoints,
  keepsZero,
  type Stability,
  settledLength,
  stabilityOf,
} from "./length-map.ts";
import { growthAt, slopeAt, squareAt } from "./moments.ts";
import { roots } from "./root.ts";
import { checkVariance, type Variances } from "./variances.ts";

/** Variances at which lengths settle where χ₁ = 1: neither signal nor gradient fades or grows. */
export interface CriticalPair extends Variances {
  /** The length that settles there; `null` where every length stays. */
  readonly length: number | null;
  readonly stability: Exclude<Stability, "unstable">;
  /** The shortest and the longest length that are drawn there. */
  readonly settlesFrom: readonly [number, number];
}

/** The critical pair at a bias variance, or why no pair is critical. */
export type Criticality =
  | { readonly pair: CriticalPair; readonly reason: null }
  | { readonly pair: null; readonly reason: string };

/**
 * The critical pair at a bias variance: the weight variance with σ_w² E[φ′(√q z)²] = 1 at a length
 * q = σ_w² E[φ(√q z)²] + σ_b² that settles. Of several, the one that lengths nearest to 1 go to. [1, 2]
 *
 * ```ts
 * critical(activation("tanh"), 0.05).pair?.weightVariance; // ≈ 1.76095
 * critical(activation("gelu"), 0.17292239).pair?.length; // ≈ 3.5616
 * critical(activation("silu"), 0.05).pair; // null
 * ```
 *
 * [1] Poole et al. 2016, arXiv:1606.05340
 * [2] Roberts, Yaida and Hanin 2022, The Principles of Deep Learning Theory, chapter 5
 */
export const critical = (phi: Activation, biasVariance: number): Criticality => {
  checkActivation("critical", phi);
  checkVariance("biasVariance", biasVariance);
  const slopes = homogeneous(phi);
  if (slopes !== null) {
    const power = powerOf(slopes);
    if (biasVariance > 0) return none("with χ₁ = 1 every length grows by the bias variance at each layer");
    const everywhere = { length: null, stability: "stable", settlesFrom: [0, Infinity] } as const;
    return { pair: { weightVariance: 1 / power, biasVariance, ...everywhere }, reason: null };
  }
  const points = marginalLengths(phi, biasVariance).map((length) => describe(phi, biasVariance, length));
  const settling = points.filter((point): point is CriticalPair => point.stability !== "unstable");
  if (settling.length === 0) return none(whyNone(points));
  const pair = settling.reduce((best, one) => (farFrom1(one) < farFrom1(best) ? one : best));
  return { pair, reason: null };
};

const none = (reason: string): Criticality => ({ pair: null, reason });

const whyNone = (points: readonly Described[]): string => {
  if (points.length === 0) return "no length that stays has χ₁ = 1";
  const all = points.map(({ length, weightVariance }) => {
    const [q, variance] = [length, weightVariance].map((value) => Number(value!.toPrecision(4)));
    return `${q} (at weight variance ${variance})`;
  });
  const only = all.length === 1 ? "the only length" : "the only lengths";
  return `${only} with χ₁ = 1, ${all.join(", ")}, ${all.length === 1 ? "is" : "are"} unstable: signals move away`;
};

/** How many times 1 lies outside the lengths that are drawn to a pair. */
const farFrom1 = ({ settlesFrom: [low, high] }: CriticalPair): number => Math.max(1, low, 1 / high);

/** Lengths that stay at the weight variance with χ₁ = 1 there. */
const marginalLengths = (phi: Activation, biasVariance: number): number[] => {
  const { lengths, squares, slopes } = curves(phi);
  const gap = (q: number, square: number, slope: number): number =>
    slope === 0 ? -1 : 1 - square / slope / q - biasVariance / q;
  const values = lengths.map((q, i) => gap(q, squares[i]!, slopes[i]!));
  const { at, first } = roots((q) => gap(q, squareAt(phi, q), slopeAt(phi, q)), lengths, values);
  // A slope at 0 that is neither 0 (as of z²) nor infinite (as of |z|^¾).
  const hasSlope = Math.abs(slopeAt(phi, 0) / slopes[0]! - 1) < 0.5;
  const fromZero = keepsZero(phi, biasVariance) && first !== 0 && hasSlope;
  return fromZero ? [0, ...at] : [...at];
};

type Described = Omit<CriticalPair, "stability"> & { readonly stability: Stability };

const describe = (phi: Activation, biasVariance: number, length: number): Described => {
  const weightVariance = 1 / slopeAt(phi, length);
  const variances = { weightVariance, biasVariance };
  const stability = length === 0 ? atZero(phi, variances) : above0(phi, variances, length);
  return { ...variances, length, stability, settlesFrom: basin(phi, variances, length, stability) };
};

const above0 = (phi: Activation, variances: Variances, length: number): Stability =>
  stabilityOf(phi, variances, length, variances.weightVariance * growthAt(phi, length));

/** At length 0 both slopes are 1, so what lengths just above it do decides. */
const atZero = (phi: Activation, variances: Variances): Stability =>
  fixedPoints(phi, variances)?.[0]?.stability ?? "unstable";

/** Lengths from the fixed point before to the one after it, as far as they are drawn to it. */
const basin = (
  phi: Activation,
  variances: Variances,
  length: number,
  stability: Stability,
): readonly [number, number] => {
  const isOther = (point: FixedPoint): boolean => Math.abs(point.length - length) > 1e-2 * length;
  const others = (fixedPoints(phi, variances) ?? []).filter(isOther).map((point) => point.length);
  const low = others.findLast((other) => other < length) ?? 0;
  const high = others.find((other) => other > length) ?? Infinity;
  if (stability !== "half-stable") return [low, high];
  const fromBelow = (settledLength(phi, variances, length * 0.99) ?? 0) > length * 0.99;
  return fromBelow ? [low, length] : [length, high];
};
