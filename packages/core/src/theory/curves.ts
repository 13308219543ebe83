import type { Activation } from "../activation/index.ts";
import { InputError } from "../base/index.ts";
import { slopeAt, squareAt } from "./moments.ts";

/** E[φ²] and E[φ′²] on a grid of lengths q. */
export interface Curves {
  readonly lengths: readonly number[];
  readonly squares: readonly number[];
  readonly slopes: readonly number[];
}

/** Both curves are smooth in ln q, since a normal density blurs φ by about 1 there. */
const STEP = Math.SQRT2;
/** To 2^±40, about 1e±12. */
const STEPS = 80;

const known = new WeakMap<Activation, Curves>();

/**
 * The curves from length 2⁻⁴⁰ to 2⁴⁰, or as far as φ can be evaluated. They are kept: every question about
 * an activation begins with them.
 *
 * Errors: `InputError` where φ has no moments at length 1.
 */
export const curves = (phi: Activation): Curves => {
  const before = known.get(phi);
  if (before !== undefined) return before;
  const up = follow(phi, STEP, point(phi, 1));
  const down = follow(phi, 1 / STEP, null).reverse();
  const all = [...down, ...up];
  const found = {
    lengths: all.map(({ q }) => q),
    squares: all.map(({ square }) => square),
    slopes: all.map(({ slope }) => slope),
  };
  known.set(phi, found);
  return found;
};

interface Point {
  readonly q: number;
  readonly square: number;
  readonly slope: number;
}

const point = (phi: Activation, q: number): Point => ({
  q,
  square: squareAt(phi, q),
  slope: slopeAt(phi, q),
});

/** Points from length 1 outwards, which is `first` where that is to be among them. */
const follow = (phi: Activation, factor: number, first: Point | null): Point[] => {
  const found = first === null ? [] : [first];
  let q = 1;
  for (let i = 0; i < STEPS; i++) {
    q *= factor;
    try {
      found.push(point(phi, q));
    } catch (error) {
      if (error instanceof InputError) return found;
      throw error;
    }
  }
  return found;
};
