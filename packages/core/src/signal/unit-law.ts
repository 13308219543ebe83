import type { Activation } from "../activation/index.ts";
import { exp } from "../math/index.ts";
import { type Alignment, alignmentOf, type Rounds, type UnitNodes } from "./alignment.ts";
import { type Cumulants, LAPLACE_POINTS, logMeanCumulants } from "./cumulants.ts";
import { type NormalNodes, normalNodes } from "./normal-nodes.ts";
import { type SphereMoments, sphereMoments } from "./sphere.ts";

/** Excess kurtosis and sixth standard cumulant of a number that is symmetric but not normal. */
export interface Tails {
  readonly fourth: number;
  readonly sixth: number;
}

export const NORMAL: Tails = { fourth: 0, sixth: 0 };

/** Raw moments of one unit, given that z has variance v. */
export interface UnitMoments {
  /** E[φ] */
  readonly mean: number;
  /** E[φ²], E[φ⁴], E[φ⁶] */
  readonly square: number;
  readonly fourth: number;
  readonly sixth: number;
  /** The same of φ′. */
  readonly slope: number;
  readonly slopeFourth: number;
  readonly slopeSixth: number;
}

export interface UnitLaw extends UnitMoments {
  /** P(φ(z) = 0) */
  readonly zero: number;
  /** Of ln (Σ φ(z)² / n) over n units, given that it is not 0. */
  signal(n: number): Cumulants;
  /** Of ln (Σ φ′(z)² h² / n), h the gradient from above, of variance 1 per unit and with tails of its own. */
  gradient(n: number, above: Tails): Cumulants;
  /** Correlation of φ(z)² and φ′(z)² h². */
  correlation(above: Tails): number;
  /** Moments for z, and where asked h, of fixed length. */
  sphere(n: number, roundAbove: boolean): SphereMoments;
  alignment(rounds: Rounds): Alignment;
}

/** Accuracy of E[φ²] and E[φ′²] at which panels are halved no further. */
const TOLERANCE = 1e-7;
const MOST_HALVINGS = 5;

/** The law of one unit of an activation: z of mean `shift` and variance `variance`, nearly normal, as `tails` say. */
export const unitLaw = (phi: Activation, variance: number, shift: number, tails: Tails): UnitLaw => {
  const root = Math.sqrt(variance);
  const kinks = phi.kinks.map((kink) => (kink - shift) / root);
  const rule = settledRule((halvings) => sampled(phi, root, shift, tails, normalNodes(kinks, halvings)));
  const { square, slope } = rule;
  const keyed = <T>(make: (key: string) => T): ((key: string) => T) => {
    const known = new Map<string, T>();
    return (key) => {
      const value = known.get(key) ?? make(key);
      known.set(key, value);
      return value;
    };
  };
  const signalTransform = keyed(() => transformOf(rule, rule.squares, square, (x) => exp(-x)));
  const signalOf = keyed((n) => logMeanCumulants(signalTransform(""), square, Number(n), rule.zero));
  const gradientTransform = keyed((key) => {
    const [fourth, sixth] = key.split(",").map(Number) as [number, number];
    return transformOf(rule, rule.slopes, slope, (x) => squaredNormal(x, { fourth, sixth }));
  });
  const gradientOf = keyed((key) => {
    const at = key.indexOf(";");
    const n = Number(key.slice(0, at));
    return logMeanCumulants(gradientTransform(key.slice(at + 1)), slope, n, rule.zeroSlope);
  });
  return {
    ...rule,
    sphere: (n, roundAbove) => sphereMoments(phi, variance, shift, n, roundAbove),
    alignment: (rounds) => alignmentOf({ ...rule, weights: rule.plain }, rounds),
    signal: (n) => signalOf(String(n)),
    gradient: (n, { fourth, sixth }) => gradientOf(`${n};${fourth},${sixth}`),
    correlation: ({ fourth }) => {
      const across = rule.cross / (square * slope) - 1;
      const own = rule.fourth / (square * square) - 1;
      const back = (rule.slopeFourth * (3 + fourth)) / (slope * slope) - 1;
      return own * back > 0 ? Math.max(-1, Math.min(1, across / Math.sqrt(own * back))) : 0;
    },
  };
};

const settledRule = (at: (halvings: number) => Sampled): Sampled => {
  let rule = at(0);
  for (let halvings = 1; halvings <= MOST_HALVINGS; halvings++) {
    const finer = at(halvings);
    const near = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.abs(b);
    if (near(rule.square, finer.square) && near(rule.slope, finer.slope)) break;
    rule = finer;
  }
  return rule;
};

/** E[exp(−x h²)] of a nearly normal h. */
const squaredNormal = (x: number, { fourth, sixth }: Tails): number => {
  const c = 1 / (1 + 2 * x);
  const rest = 1 - c;
  return Math.sqrt(c) * (1 + (fourth / 8) * rest * rest - (sixth / 48) * rest * rest * rest);
};

interface Sampled extends UnitMoments, UnitNodes {
  /** Of normal z. */
  readonly plain: Float64Array;
  readonly cross: number;
  readonly zero: number;
  readonly zeroSlope: number;
}

const sampled = (
  phi: Activation,
  root: number,
  shift: number,
  tails: Tails,
  { points, weights }: NormalNodes,
): Sampled => {
  const own =
    tails.fourth === 0 && tails.sixth === 0 ? weights : weights.map((w, i) => w * bent(points[i]!, tails));
  const squares = new Float64Array(points.length);
  const slopes = new Float64Array(points.length);
  const products = new Float64Array(points.length);
  let total = 0;
  let [mean, square, fourth, sixth, slope, slopeFourth, slopeSixth, cross] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [zero, zeroSlope] = [0, 0];
  for (let i = 0; i < points.length; i++) {
    const z = shift + root * points[i]!;
    const w = own[i]!;
    const value = phi.value(z);
    const derivative = phi.derivative(z);
    const x = value * value;
    const y = derivative * derivative;
    squares[i] = x;
    slopes[i] = y;
    products[i] = value * derivative * points[i]!;
    total += w;
    mean += w * value;
    square += w * x;
    fourth += w * x * x;
    sixth += w * x * x * x;
    slope += w * y;
    slopeFourth += w * y * y;
    slopeSixth += w * y * y * y;
    cross += w * x * y;
    if (x === 0) zero += w;
    if (y === 0) zeroSlope += w;
  }
  const of = (sum: number): number => sum / total;
  return {
    points,
    plain: weights,
    squares,
    slopes,
    products,
    weights: own.map(of),
    mean: of(mean),
    square: of(square),
    fourth: of(fourth),
    sixth: of(sixth),
    slope: of(slope),
    slopeFourth: of(slopeFourth),
    slopeSixth: of(slopeSixth),
    cross: of(cross),
    zero: of(zero),
    zeroSlope: of(zeroSlope),
  };
};

/** The factor on the normal density that gives it a fourth and a sixth cumulant (Gram and Charlier). */
const bent = (z: number, { fourth, sixth }: Tails): number => {
  const s = z * z;
  return 1 + (fourth / 24) * (s * s - 6 * s + 3) + (sixth / 720) * (s * s * s - 15 * s * s + 45 * s - 15);
};

/** E[of(t x)] at the points of t. */
const transformOf = (
  { weights }: Sampled,
  values: Float64Array,
  mean: number,
  of: (x: number) => number,
): Float64Array => {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value);
  return LAPLACE_POINTS.map((point) => {
    const t = point / mean;
    // 1 − t E[x] is right to 1e-12 here: S is then far from where its law is.
    if (t * largest < 1e-6) return 1 - point;
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += weights[i]! * of(t * values[i]!);
    return sum;
  });
};
