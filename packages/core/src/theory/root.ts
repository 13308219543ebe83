/**
 * A zero of a continuous f between `from` and `to`, or `null` where the ends have one sign: by secants that
 * halve the weight of an end that stays (Illinois), by halving where f is not finite.
 */
export const root = (f: (x: number) => number, from: number, to: number): number | null => {
  let [a, b] = [from, to];
  let [low, high] = [f(a), f(b)];
  if (low === 0) return a;
  if (high === 0) return b;
  if (low > 0 === high > 0) return null;
  let side = 0;
  for (let i = 0; i < 200; i++) {
    const secant = (a * high - b * low) / (high - low);
    const middle = secant > a && secant < b ? secant : (a + b) / 2;
    if (middle === a || middle === b || b - a <= 1e-15 * Math.abs(middle)) return middle;
    const value = f(middle);
    if (value === 0) return middle;
    if (value > 0 === low > 0) {
      [a, low] = [middle, value];
      if (side === 1) high /= 2;
      side = 1;
    } else {
      [b, high] = [middle, value];
      if (side === -1) low /= 2;
      side = -1;
    }
  }
  return (a + b) / 2;
};

/** A value below it is no sign but the rounding of moments. */
const ROUNDING = 1e-11;

export interface Roots {
  /** Ascending. A double root, which f only touches, is one. */
  readonly at: readonly number[];
  /** Sign of f before the first root and after the last; 0 where f is 0 throughout. */
  readonly first: number;
  readonly last: number;
}

/** Zeros of f, whose `values` on the ascending grid `xs` are known: changes of sign, and where f touches 0. */
export const roots = (f: (x: number) => number, xs: readonly number[], values: readonly number[]): Roots => {
  const known = xs.flatMap((x, i) => (Math.abs(values[i]!) < ROUNDING ? [] : [{ x, value: values[i]! }]));
  const at: number[] = [];
  known.forEach(({ x, value }, i) => {
    const before = known[i - 1];
    if (before !== undefined && before.value > 0 !== value > 0) at.push(root(f, before.x, x)!);
    const after = known[i + 1];
    if (before === undefined || after === undefined || !dips(before.value, value, after.value)) return;
    const { lowest, size } = nearest((z) => (value > 0 ? f(z) : -f(z)), before.x, after.x);
    if (Math.abs(size) < ROUNDING) at.push(lowest);
    else if (size < 0) at.push(root(f, before.x, lowest)!, root(f, lowest, after.x)!);
  });
  return {
    at: at.sort((a, b) => a - b),
    first: Math.sign(known[0]?.value ?? 0),
    last: Math.sign(known.at(-1)?.value ?? 0),
  };
};

/** Whether three values of one sign come near 0 in the middle, by the parabola through them. */
const dips = (a: number, b: number, c: number): boolean => {
  if (a > 0 !== b > 0 || b > 0 !== c > 0) return false;
  if (Math.abs(b) > Math.abs(a) || Math.abs(b) > Math.abs(c)) return false;
  const bend = a - 2 * b + c;
  const vertex = bend === 0 ? b : b - ((c - a) * (c - a)) / (8 * bend);
  return vertex > 0 !== b > 0 || Math.abs(vertex) < 0.1 * Math.abs(b) || Math.abs(b) < 1e-3;
};

const GOLDEN = 0.3819660112501051;

/** The least value of g between two points, by golden sections; stops below 0. */
const nearest = (g: (x: number) => number, from: number, to: number) => {
  let [a, b] = [from, to];
  let [left, right] = [a + GOLDEN * (b - a), b - GOLDEN * (b - a)];
  let [low, high] = [g(left), g(right)];
  while (Math.min(low, high) > -ROUNDING && b - a > 1e-7 * Math.abs(b)) {
    if (low < high) {
      [b, right, high] = [right, left, low];
      left = a + GOLDEN * (b - a);
      low = g(left);
    } else {
      [a, left, low] = [left, right, high];
      right = b - GOLDEN * (b - a);
      high = g(right);
    }
  }
  return low < high ? { lowest: left, size: low } : { lowest: right, size: high };
};
