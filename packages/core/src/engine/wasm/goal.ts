import type { classSizes } from "../target.ts";
import type { Training } from "../trainer.ts";
import { LOSS_KERNELS } from "./losses.ts";

/** A target as the kernel `atTarget` reads it. */
export interface Goal {
  /** Whether the figure is to be at most the target: a loss. */
  readonly most: boolean;
  /** Divisors of the sums, the divisor of what they come to, the target. Empty without a target. */
  readonly values: readonly number[];
}

/** Shares of the classes are added and divided by how many there are; one class of size 1 stands for a plain sum. */
export const goalOf = (
  { target, loss }: Training,
  samples: number,
  outputs: number,
  classes: ReturnType<typeof classSizes> | null,
): Goal => {
  if (target === undefined) return { most: false, values: [] };
  const { metric, value } = target;
  if (metric === "loss")
    return { most: true, values: [1, samples * LOSS_KERNELS[loss].terms(outputs), value] };
  const { sizes, present } = classes!;
  return metric === "accuracy"
    ? { most: false, values: [...sizes.map(() => 1), samples, value] }
    : { most: false, values: [...sizes, present, value] };
};
