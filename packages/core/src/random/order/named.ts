import { checkKind, InputError, KIND, optionsOf, shown, suggestion } from "../../base/index.ts";
import { numpyOrder } from "./numpy.ts";
import type { BatchOrder, OrderKind, OrderSeed } from "./order.ts";
import { pytorchOrder } from "./pytorch.ts";
import { sequentialOrder } from "./sequential.ts";
import { stepzeroOrder } from "./stepzero.ts";

export const ORDERS = ["stepzero", "pytorch", "numpy", "sequential"] as const;
export type OrderName = (typeof ORDERS)[number];

const ENTRIES: Readonly<Record<OrderName, OrderKind>> = {
  stepzero: stepzeroOrder,
  pytorch: pytorchOrder,
  numpy: numpyOrder,
  sequential: sequentialOrder,
};

/** The order that a name stands for. */
export const orderKind = (name: string): OrderKind => {
  checkKind("order", "the name", name, KIND.text);
  const plain = name.toLowerCase();
  const found = Object.values(ENTRIES).find((one) =>
    [one.name, ...one.aliases].some((each) => each.toLowerCase() === plain),
  );
  if (found === undefined) {
    throw new InputError("order", `unknown order of batches "${name}"`, suggestion(name, ORDERS));
  }
  return found;
};

/**
 * The order of `count` samples in every epoch of one run. Batches are its parts, the last one smaller where the batch
 * does not divide the count.
 *
 * ```ts
 * const order = batchOrder("pytorch", 5, { seed: 0 });
 * [...order(0)]; // [1, 4, 2, 3, 0]
 * [...batchOrder("sequential", 3, { seed: 0 })(7)]; // [0, 1, 2]
 * ```
 *
 * Errors: `InputError` on an unknown order.
 */
export const batchOrder = (name: OrderName, count: number, from: OrderSeed): BatchOrder => {
  const { seed, words } = optionsOf("order", from, { seed: KIND.number, words: KIND.number });
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new InputError("order", `expected a count of samples, got ${shown(count)}`);
  }
  if (seed >>> 0 !== seed)
    throw new InputError("order", `expected a seed from 0 to 2³² − 1, got ${shown(seed)}`);
  return orderKind(name).create(count, { seed, words });
};
