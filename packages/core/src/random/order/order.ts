/** The order of the samples in epoch 0, 1, …: a permutation of 0 … count − 1. Epochs may be asked for again. */
export type BatchOrder = (epoch: number) => Uint32Array;

/** What decides the orders of one run. */
export interface OrderSeed {
  readonly seed: number;
  /** Words that the generator has given before, for an order that goes on with it. */
  readonly words?: number | undefined;
}

/** One order, as names are understood. Its words are in words.ts. */
export interface OrderKind {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Whether it depends on the seed. */
  readonly random: boolean;
  create(count: number, from: OrderSeed): BatchOrder;
}

/**
 * Orders that a stream gives one after another: an epoch that has passed makes it begin again. `begin` starts the
 * stream; what it returns gives the next order at each call.
 */
export const consecutive = (begin: () => () => Uint32Array): BatchOrder => {
  let next = begin();
  let at = -1;
  let order = new Uint32Array(0);
  return (epoch) => {
    if (epoch < at) {
      next = begin();
      at = -1;
    }
    for (; at < epoch; at++) order = Uint32Array.from(next());
    return order;
  };
};

export const counting = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);
