import type { Activation } from "../activation/index.ts";
import { gaussNodes } from "../math/index.ts";
import { density } from "./moments.ts";

/** The normal density is 0 to double precision beyond; polynomials of that degree turn within a panel, once. */
const [EDGE, PANEL, MOST_TERMS] = [12, 1, 128];
/** Relative error that the terms left out may come to, and by which the nodes may miss E[φ²]. */
const PRECISION = 1e-12;

/** Nodes and weights of E[·] in panels of at most `PANEL` that end at `points`. */
const nodesOf = (points: readonly number[]) => {
  const grid = Array.from({ length: 2 * (EDGE / PANEL) + 1 }, (_, i) => i * PANEL - EDGE);
  const ends = [...new Set([...grid, ...points.filter((point) => Math.abs(point) < EDGE)])].sort(
    (a, b) => a - b,
  );
  const [at, weights]: [number[], number[]] = [[], []];
  for (let i = 1; i < ends.length; i++) {
    const half = (ends[i]! - ends[i - 1]!) / 2;
    const middle = (ends[i]! + ends[i - 1]!) / 2;
    for (const [node, weight] of gaussNodes) {
      const z = middle + half * node;
      at.push(z);
      weights.push(weight * half * density(z));
    }
  }
  return { at, weights };
};

/**
 * E[φ(√q z₁) φ(√q z₂)] for standard normals of correlation c by Mehler's formula: Σ aₙ² cⁿ with
 * aₙ = E[φ(√q z) hₙ(z)], hₙ the orthonormal Hermite polynomials. The aₙ² sum to E[φ²] (Parseval), so what is left out
 * after N terms is at most |c|^(N+1) (E[φ²] − Σ aₙ²). `null` where that, or the nodes' own E[φ²], is not within 1e-12
 * of `square`: then c is near ±1, or φ varies too fast.
 */
export const hermitePair = (
  phi: Activation,
  q: number,
  c: number,
  square: number,
  points: readonly number[],
): number | null => {
  const root = Math.sqrt(q);
  const { at, weights } = nodesOf(points);
  const values = at.map((z, i) => weights[i]! * phi.value(root * z));
  let own = 0;
  for (let i = 0; i < at.length; i++) own += (values[i]! * values[i]!) / weights[i]!;
  if (!(Math.abs(own - square) <= PRECISION * square)) return null;
  let before = new Float64Array(at.length);
  let now = new Float64Array(at.length).fill(1);
  let [sum, rest, power] = [0, square, 1];
  for (let n = 0; n <= MOST_TERMS; n++) {
    let a = 0;
    for (let i = 0; i < at.length; i++) a += values[i]! * now[i]!;
    sum += a * a * power;
    rest -= a * a;
    power *= c;
    if (Math.abs(power) * Math.max(0, rest) <= PRECISION * square) return sum;
    const [up, down] = [1 / Math.sqrt(n + 1), Math.sqrt(n / (n + 1))];
    for (let i = 0; i < at.length; i++) before[i] = at[i]! * now[i]! * up - before[i]! * down;
    [before, now] = [now, before];
  }
  return null;
};
