import type { Activation } from "../activation/index.ts";
import { gauss, normalCdf } from "../math/index.ts";
import { hermitePair } from "./hermite-pair.ts";
import { slopesAt } from "./homogeneous.ts";
import { BENDS, density, pointsOf, squareAt } from "./moments.ts";

/**
 * E[φ(√q z₁) φ(√q z₂)] for standard normals of correlation c.
 */
export const pairOf = (phi: Activation, q: number, c: number): number => {
  const slopes = slopesAt(phi, q);
  if (slopes === null) {
    const series = hermitePair(phi, q, c, squareAt(phi, q), pointsOf(phi, Math.sqrt(q)));
    return series ?? paired(phi, phi.value, q, c);
  }
  const { above, below } = slopes;
  return q * ((above * above + below * below) * bothAbove(c) - 2 * above * below * bothAbove(-c));
};

/** E[φ′(√q z₁) φ′(√q z₂)], likewise. */
export const slopePairOf = (phi: Activation, q: number, c: number): number =>
  paired(phi, phi.derivative, q, c);

/** E[max(0, z₁) max(0, z₂)] by one integral: given z₁ = a, z₂ is normal about c a. */
const bothAbove = (c: number): number => {
  const rest = restOf(c);
  const given = (mean: number): number => {
    if (rest === 0) return Math.max(0, mean);
    return mean * normalCdf(mean / rest) + rest * density(mean / rest);
  };
  // Where c is near ±1 that bends within a few times `rest` of 0.
  const bend = rest > 0 ? [rest, 3 * rest, 8 * rest] : [];
  return overPanels((a) => a * given(c * a), withPoints([0, 1.5, 3, 5, 9], bend));
};

const restOf = (c: number): number => Math.sqrt(Math.max(0, 1 - c * c));

const overPanels = (f: (z: number) => number, ends: readonly number[]): number => {
  let sum = 0;
  for (let i = 1; i < ends.length; i++) sum += gauss((z) => f(z) * density(z), ends[i - 1]!, ends[i]!);
  return sum;
};

/** By panels in both directions; inner ones end where the second argument is at a kink. */
const paired = (phi: Activation, g: (z: number) => number, q: number, c: number): number => {
  const root = Math.sqrt(q);
  const rest = restOf(c);
  const { kinks } = phi;
  const ends = panelsOf(phi, q);
  const near = rest < 0.5 ? [-3 * rest, 0, 3 * rest] : [0];
  return overPanels(
    (a) =>
      g(root * a) *
      overPanels(
        (b) => g(root * (c * a + rest * b)),
        withPoints(ends, rest < 1e-9 ? [] : kinks.map((kink) => (kink / root - c * a) / rest)),
      ),
    withPoints(
      ends,
      kinks.flatMap((kink) => near.map((aside) => kink / root + aside)),
    ),
  );
};

const withPoints = (ends: readonly number[], points: readonly number[]): readonly number[] =>
  points.length === 0
    ? ends
    : [...ends, ...points.filter((point) => Math.abs(point) < 9)].sort((a, b) => a - b);

const HALVINGS = 3;
const known = new WeakMap<Activation, { readonly q: number; readonly ends: readonly number[] }>();

/** Panels that give E[φ²] to ten digits, or as many as there may be. */
const panelsOf = (phi: Activation, q: number): readonly number[] => {
  const latest = known.get(phi);
  if (latest?.q === q) return latest.ends;
  const root = Math.sqrt(q);
  const wanted = squareAt(phi, q);
  const square = (z: number): number => phi.value(root * z) * phi.value(root * z);
  let ends: readonly number[] = [-9, -5, -3, -1.5, 0, 1.5, 3, 5, 9];
  const kinks = phi.kinks.map((kink) => kink / root);
  const right = (): boolean =>
    Math.abs(overPanels(square, withPoints(ends, kinks)) - wanted) <= 1e-10 * wanted;
  if (!right() && root > 1)
    ends = withPoints(
      ends,
      BENDS.map((bend) => bend / root).filter((z) => z !== 0),
    );
  for (let i = 0; i < HALVINGS && !right(); i++) {
    ends = ends.flatMap((end, j) => (j === 0 ? [end] : [(ends[j - 1]! + end) / 2, end]));
  }
  known.set(phi, { q, ends });
  return ends;
};
