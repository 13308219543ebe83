import { InputError } from "../base/index.ts";
import type { ParameterSlot } from "../model/index.ts";

/** Refuses an output that is tied to an embedding: a scheme by width gives the two other variances and rates. */
export const needUntied = (who: string, slots: readonly ParameterSlot[]): void => {
  const tied = slots.find(({ place }) => place.tied);
  if (tied === undefined) return;
  throw new InputError(
    who,
    `expected an output with weights of its own, got one that is tied to ${tied.path}`,
    "As input and as output the table would need variances and learning rates that differ with the width. Untie them.",
  );
};
