import { type Initializer, ones, random, zeros } from "../init/index.ts";
import type { ParameterRole, ParameterSlot } from "../model/index.ts";
import type { ParameterStart } from "./scheme.ts";

export type Start = (slot: ParameterSlot, slots: readonly ParameterSlot[]) => ParameterStart;

const alike =
  (initializer: Initializer): Start =>
  () => ({ initializer });

/** A row of a table is looked up, not summed: with 1 / √width its length is 1. */
export const tableStart: Start = ({ shape }) => ({
  initializer: random({ std: 1 / Math.sqrt(shape[1]!) }),
  reason: "rows are looked up, not summed, so fans do not matter: N(0, 1/width), rows of length 1",
});

/**
 * What each parameter starts from, by its role: `kernel` decides for everything that sums inputs, unless its role
 * is among the `others`. Biases and shifts start at 0 and scales at 1; tables have rows of length 1.
 */
export const byRole = (
  kernel: Start,
  others: Partial<Readonly<Record<ParameterRole, Start>>> = {},
): Start => {
  const table: Readonly<Record<ParameterRole, Start>> = {
    kernel,
    query: kernel,
    key: kernel,
    value: kernel,
    projection: kernel,
    queryKeyValue: kernel,
    bias: alike(zeros()),
    shift: alike(zeros()),
    scale: alike(ones()),
    embedding: tableStart,
    positionEmbedding: tableStart,
    ...others,
  };
  return (slot, slots) => table[slot.role](slot, slots);
};
