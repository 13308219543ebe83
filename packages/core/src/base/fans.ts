import { InputError } from "./errors.ts";
import { checkShape, formatShape, type Shape } from "./shape.ts";

/** How many inputs feed one output, and how many outputs one input feeds. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Fans of a weight `[out, in, ...kernel]`: fanIn = in · ∏kernel, fanOut = out · ∏kernel.
 * A weight of fewer than two axes has none.
 *
 * ```ts
 * fansOf([64, 16, 5, 5]); // { fanIn: 400, fanOut: 1600 }
 * ```
 */
export const fansOf = (shape: Shape, who = "fans"): Fans => {
  checkShape(who, shape);
  const [out, input, ...kernel] = shape;
  if (out === undefined || input === undefined) {
    throw new InputError(
      who,
      `expected a weight shape with at least 2 axes, got ${formatShape(shape)}`,
      "A bias has no fan-in. Use zeros, or pass { fanIn, fanOut } explicitly.",
    );
  }
  const field = kernel.reduce((product, axis) => product * axis, 1);
  return { fanIn: input * field, fanOut: out * field };
};
