/**
 * How a gradient δ comes to lean on z, layer by layer, for n units of one law.
 *
 * With g the z of a layer, standardised and without biases, κ² = (g · δ)² / |δ|² is 1 on average where δ does not
 * know of z. From the layer above comes h, which is normal but along this layer's outputs φ, where it is the κ
 * of that layer. So δ = φ′h, and with D = |δ|², S = g · δ both ln D and κ² = S²/D follow from
 * ε = κ² − 1 above: E[S²]/E[D] − Cov(S², D)/E[D]² + E[S²] Var(D)/E[D]³ over h, then over g, to first order in 1/n.
 * The excess of κ is E[κ⁴] − 3 E[κ²]², 0 for a normal number.
 */
export interface Alignment {
  /** E[κ²] is turned + kept E[ε] at infinite width; E[φ′² g²] / E[φ′²]. */
  readonly turned: number;
  /** E[φ φ′ g]² / (E[φ²] E[φ′²]) */
  readonly kept: number;
  /** n times what there is more of E[κ²]: this, and so much by E[ε]. */
  readonly turnedMore: number;
  readonly keptMore: number;
  /** Over −3 kept, n times what E[ε]² adds, and over −kept what the excess does. */
  readonly bent: number;
  /** n times what E[ε] adds to E[ln D]; E[φ² φ′²] / (E[φ²] E[φ′²]). */
  readonly shared: number;
  /** n² times what it adds further. */
  readonly sharedMore: number;
  /** n Cov(shared, ln Σ φ²) */
  readonly sharedPull: number;
  /** n Cov(κ², ln D) where E[ε] is 0, and what E[ε] adds. */
  readonly drift: number;
  readonly driftMore: number;
  /** n Cov(κ², ln Σ φ²) where E[ε] is 0, and what E[ε] adds. */
  readonly pull: number;
  readonly pullMore: number;
  /** n times what there is more of the excess than kept² of that above: this, and by powers of E[ε]. */
  readonly excess: number;
  readonly excessOnce: number;
  readonly excessTwice: number;
  readonly excessThrice: number;
  /** n times what there is more of the excess above, and what E[ε] adds. */
  readonly excessKept: number;
  readonly excessKeptMore: number;
}

/** One unit at the nodes of a rule for E[·]. */
export interface UnitNodes {
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /** φ² and φ′² */
  readonly squares: Float64Array;
  readonly slopes: Float64Array;
  /** φ φ′ g */
  readonly products: Float64Array;
}

/** Whether g and h have a fixed length, as under orthogonal weights. */
export interface Rounds {
  readonly g: boolean;
  readonly h: boolean;
}

export const alignmentOf = (nodes: UnitNodes, rounds: Rounds): Alignment => {
  const { points, weights, squares, slopes, products } = nodes;
  const squared = points.map((z) => z * z);
  const times = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value * b[i]!);
  const mean = (f: Float64Array): number => f.reduce((sum, value, i) => sum + weights[i]! * value, 0);
  // Over their means: x = φ², y = φ′², p = φ φ′ g, t = φ′² g², q = φ² φ′².
  const scaled = (f: Float64Array): Float64Array => {
    const average = mean(f);
    return Math.abs(average) > 1e-150 ? f.map((value) => value / average) : f.map(() => 1);
  };
  const x = scaled(squares);
  const y = scaled(slopes);
  const p = scaled(products);
  const t = scaled(times(slopes, squared));
  const q = scaled(times(squares, slopes));
  const product = mean(products);
  const [square, slope] = [mean(squares), mean(slopes)];
  if (!(square > 0 && slope > 0)) return ALONE;
  /** n Cov of two means over the units; what goes through |g|² is taken out where that is fixed. */
  const covariance = (a: Float64Array, b: Float64Array): number => {
    const length = rounds.g ? ((mean(times(a, squared)) - 1) * (mean(times(b, squared)) - 1)) / 2 : 0;
    return mean(times(a, b)) - 1 - length;
  };
  const fourth = squared.map((s) => (s * s - 6 * s + 3) / 4);
  /** n times what is lost of a mean, relative to it, where |g|² is fixed. */
  const lost = (f: Float64Array): number => (rounds.g ? mean(times(f, fourth)) : 0);
  const [xx, yy, pp] = [covariance(x, x), covariance(y, y), covariance(p, p)];
  const [px, py, xy] = [covariance(p, x), covariance(p, y), covariance(x, y)];
  const turned = mean(times(slopes, squared)) / slope;
  const kept = (product * product) / (square * slope);
  const shared = mean(times(x, y));
  const turnedByY = turned * mean(times(t, y));
  const spread = mean(times(y, y));
  const keptByY = mean(times(p, y));
  const fixed = rounds.h ? 1 : 0;
  const [tx, ty, tt] = [covariance(t, x), covariance(t, y), covariance(t, t)];
  const tp = covariance(t, p);
  const crossed = kept * (keptByY - shared);
  const other = turned - kept;
  const both = turnedByY - 2 * kept * keptByY + kept * shared - fixed * other;
  const drift = 2 * (turnedByY - turned * spread) + turned * (ty - yy);
  const qx = covariance(q, x);
  const ratio = xx + yy + xy - qx - covariance(q, y) - lost(q) + lost(x) + lost(y);
  return {
    turned,
    kept,
    turnedMore: turned * (lost(y) - lost(t)) - drift,
    keptMore:
      kept * (pp + xx + yy - 2 * px - 2 * py + xy - 2 * lost(p) + lost(x) + lost(y)) +
      kept * (2 * spread - 4 * keptByY + 3 * fixed) -
      shared * turned,
    bent: shared - fixed,
    shared: shared - fixed,
    sharedMore: shared * (ratio + 2 * (shared + spread - mean(times(q, y)) - fixed)),
    sharedPull: shared * (qx - xx - xy),
    drift,
    driftMore: kept * (4 * keptByY - 4 * shared - 2 * spread + 2 * fixed) + kept * (2 * py - xy - yy),
    pull: turned * (tx - xy),
    pullMore: kept * (2 * px - xx - xy),
    excess:
      -24 * crossed * turned -
      12 * both * turned +
      6 * (spread - fixed) * turned * turned -
      12 * (shared - fixed) * kept * turned +
      3 * turned * turned * (tt - 2 * ty + yy) -
      fixed * (12 * other * kept + 6 * other * other),
    excessOnce:
      -24 * crossed * (turned + kept) -
      12 * both * kept +
      12 * (spread - fixed) * turned * kept -
      12 * (shared - fixed) * kept * (kept + 2 * turned) +
      6 * turned * kept * (2 * tp - tx - ty - 2 * py + xy + yy) -
      fixed * 24 * other * kept,
    excessTwice:
      -24 * crossed * kept +
      6 * (spread - fixed) * kept * kept -
      12 * (shared - fixed) * kept * (turned + 2 * kept) +
      3 * kept * kept * (4 * pp + xx + yy - 4 * px - 4 * py + 2 * xy) -
      fixed * 12 * other * kept,
    excessThrice: -12 * (shared - fixed) * kept * kept,
    excessKept:
      -16 * crossed * kept +
      6 * (spread - fixed) * kept * kept -
      (shared - fixed) * kept * (22 * kept + 6 * other) +
      kept * kept * (6 * pp + 3 * xx + 3 * yy - 8 * px - 8 * py + 4 * xy) -
      fixed * 6 * kept * other,
    excessKeptMore: -24 * (shared - fixed) * kept * kept,
  };
};

/** Units that are constant, or pass nothing on. */
const ALONE: Alignment = {
  turned: 1,
  kept: 0,
  turnedMore: 0,
  keptMore: 0,
  bent: 0,
  shared: 1,
  sharedMore: 0,
  sharedPull: 0,
  drift: 0,
  driftMore: 0,
  pull: 0,
  pullMore: 0,
  excess: 0,
  excessOnce: 0,
  excessTwice: 0,
  excessThrice: 0,
  excessKept: 0,
  excessKeptMore: 0,
};

const NAMES = Object.keys(ALONE) as (keyof Alignment)[];

/** As numbers between which a table interpolates. */
export const alignmentValues = (alignment: Alignment): number[] => NAMES.map((name) => alignment[name]);

export const alignmentFrom = (values: readonly number[]): Alignment =>
  Object.fromEntries(NAMES.map((name, i) => [name, values[i]!])) as unknown as Alignment;

/** The gradient's leaning on the layer above, as seen from one length of this layer. */
export interface LeaningAbove {
  /** E[ε] and the excess of κ. */
  readonly leaning: number;
  readonly excess: number;
  /** Cov(κ², ln |δ|²) */
  readonly coupling: number;
  /** What ln Σ φ² adds to the mean of ln |δ|² and to E[κ²], a unit of it. */
  readonly rise: number;
  readonly turn: number;
}

/** The same of a layer whose biases have `share` of Var z. */
export const leaningBelow = (
  lean: Alignment,
  { leaning, excess, coupling, rise, turn }: LeaningAbove,
  n: number,
  share: number,
) => {
  const rest = 1 - share;
  const turned = rest * lean.turned + share;
  // The terms of ε² and of the excess stand in a denominator, which keeps what they leave above 0.
  const less = 1 + (lean.bent * (3 * leaning + excess / Math.max(0.1, 1 + leaning))) / n;
  const further =
    lean.turnedMore + leaning * (lean.keptMore + 3 * lean.bent * lean.turned) + turn * lean.pullMore;
  const own = (lean.turned + lean.kept * leaning) / Math.max(0.2, less) + further / n;
  const alignment = share + rest * Math.max(0, Math.min(n, own));
  const pull = lean.pull + leaning * lean.pullMore;
  const ownExcess =
    lean.excess + leaning * (lean.excessOnce + leaning * (lean.excessTwice + leaning * lean.excessThrice));
  const keptExcess = lean.kept * lean.kept + (lean.excessKept + leaning * lean.excessKeptMore) / n;
  const most = alignment * alignment;
  const below = rest * rest * (keptExcess * excess + (ownExcess + 6 * lean.kept * turn * pull) / n);
  const passed = lean.kept + (lean.keptMore - 6 * leaning * lean.kept * lean.bent) / n;
  return {
    turned,
    alignment,
    coupling:
      rest *
      (passed * coupling +
        (lean.drift + leaning * lean.driftMore + lean.kept * lean.shared * excess + rise * pull) / n),
    // E[κ⁴] is at least E[κ²]².
    excess: Math.max(-1.5 * most, Math.min(3 * most, below)),
  };
};
