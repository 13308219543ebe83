import type { SquareUpdate } from "../update.ts";
import type { UpdatedParameter } from "./parameter.ts";

/** One update of `w` by its gradient over the root of a mean square, in float64. See update.ts. */
export const updateBySquares = (
  { centered, withMomentum, numbers }: SquareUpdate,
  { values: w, gradient: g, slots }: UpdatedParameter,
  update: number,
  rate: number,
  clip: (gradient: number) => number,
): void => {
  const { decay, l2, keep, toSquare, inside, outside, momentum, intake, step } = numbers(update, rate);
  const s = slots[0]!;
  const a = centered ? slots[1]! : null;
  const b = withMomentum ? slots[slots.length - 1]! : null;
  for (let i = 0; i < w.length; i++) {
    const own = clip(g[i]!) + l2 * w[i]!;
    s[i] = keep * s[i]! + toSquare * own * own;
    let square = s[i]!;
    if (a !== null) {
      a[i] = keep * a[i]! + toSquare * own;
      square -= a[i]! * a[i]!;
    }
    let change = own / (Math.sqrt(square + inside) + outside);
    if (b !== null) {
      b[i] = momentum * b[i]! + intake * change;
      change = b[i]!;
    }
    w[i] = decay * w[i]! - step * change;
  }
};
