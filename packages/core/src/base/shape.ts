import { InputError } from "./errors.ts";
import { KIND, shown } from "./kind.ts";

/** Axes of a tensor, outermost first. Weights are `[out, in, ...kernel]`. */
export type Shape = readonly number[];

/** Number of elements: the product of the axes, 1 for `[]`. */
export const sizeOf = (shape: Shape): number => {
  let size = 1;
  for (const axis of shape) size *= axis;
  return size;
};

/** `[4, 3]`, as errors and tables print it. */
export const formatShape = (shape: Shape): string => `[${shape.join(", ")}]`;

/** Refuses axes that are negative or not integers. */
export const checkShape = (who: string, shape: Shape): void => {
  if (!KIND.numbers.holds(shape)) {
    throw new InputError(
      who,
      `expected a shape of integers ≥ 0, got ${shown(shape)}`,
      "Write [out, in], as in [256, 784].",
    );
  }
  for (const axis of shape) {
    if (!Number.isSafeInteger(axis) || axis < 0) {
      throw new InputError(who, `expected a shape of integers ≥ 0, got ${formatShape(shape)}`);
    }
  }
};
