/** Nodes and weights of Gauss–Legendre on [−1, 1] with 15 points: the positive half. */
const NODES = [
  0, 0.20119409399743451, 0.3941513470775634, 0.5709721726085388, 0.7244177313601701, 0.8482065834104272,
  0.9372733924007058, 0.9879925180204854,
] as const;
const WEIGHTS = [
  0.2025782419255613, 0.1984314853271116, 0.1861610000155622, 0.16626920581699398, 0.13957067792615444,
  0.10715922046717141, 0.0703660474881084, 0.030753241996117203,
] as const;

/** All fifteen nodes on [−1, 1] with their weights, ascending. */
export const gaussNodes: readonly (readonly [node: number, weight: number])[] = [
  ...NODES.slice(1)
    .map((node, i) => [-node, WEIGHTS[i + 1]!] as const)
    .reverse(),
  ...NODES.map((node, i) => [node, WEIGHTS[i]!] as const),
];

/** ∫ f over [from, to] by one panel. */
export const gauss = (f: (x: number) => number, from: number, to: number): number => {
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  let sum = WEIGHTS[0] * f(middle);
  for (let i = 1; i < NODES.length; i++) {
    const offset = half * NODES[i]!;
    sum += WEIGHTS[i]! * (f(middle - offset) + f(middle + offset));
  }
  return sum * half;
};

export interface Integral {
  readonly value: number;
  /** Estimate of the absolute error. */
  readonly error: number;
  /** False where the pieces ran out before they were small enough. */
  readonly resolved: boolean;
}

/** Halvings of a piece before it is taken as it is. */
const DEEPEST = 48;
/** Pieces in all: enough for two thousand waves. */
const MOST_PIECES = 3_000;
/** A gap below this share of a piece that halving does not lessen is the noise of f itself. */
const NOISE = 1e-8;

/**
 * ∫ f over the pieces between `ends`, each halved until two halves agree with the whole to `tolerance`,
 * or differ by no more than the noise of f (as where f is a difference quotient).
 *
 * ```ts
 * integrate((x) => x * x, [0, 3], 1e-12).value; // ≈ 9.00000000
 * ```
 */
export const integrate = (f: (x: number) => number, ends: readonly number[], tolerance: number): Integral => {
  let value = 0;
  let error = 0;
  let pieces = 0;
  // So small that even as many pieces as there may be stay within the tolerance.
  const least = tolerance / MOST_PIECES;
  const refine = (
    from: number,
    to: number,
    whole: number,
    allowed: number,
    before: number,
    depth: number,
  ) => {
    const middle = (from + to) / 2;
    const left = gauss(f, from, middle);
    const right = gauss(f, middle, to);
    const gap = Math.abs(left + right - whole);
    const noise = gap > before / 4 && gap <= NOISE * (Math.abs(left) + Math.abs(right));
    pieces++;
    if (
      gap <= Math.max(allowed, least) ||
      noise ||
      depth === 0 ||
      pieces > MOST_PIECES ||
      Number.isNaN(gap)
    ) {
      value += left + right;
      error += gap;
      return;
    }
    refine(from, middle, left, allowed / 2, gap, depth - 1);
    refine(middle, to, right, allowed / 2, gap, depth - 1);
  };
  for (let piece = 1; piece < ends.length; piece++) {
    const [from, to] = [ends[piece - 1]!, ends[piece]!];
    refine(from, to, gauss(f, from, to), tolerance / (ends.length - 1), Infinity, DEEPEST);
  }
  return { value, error, resolved: pieces <= MOST_PIECES };
};
