import { epochOrder } from "../epoch-order.ts";

/** Indices that are kept for the members of one seed: 32 MiB. */
const KEPT = 8388608;

/** The order of the samples in epoch `epoch` of a member with that shuffle seed. */
export type EpochOrders = (seed: number, epoch: number) => Uint32Array;

/** Orders of `count` samples. Those of the last seed are kept: its members share them. */
export const epochOrders = (count: number): EpochOrders => {
  const kept = new Map<number, Uint32Array>();
  let owner = -1;
  return (seed, epoch) => {
    if (seed !== owner) kept.clear();
    owner = seed;
    const known = kept.get(epoch);
    if (known !== undefined) return known;
    const order = epochOrder(seed, epoch, count);
    if ((kept.size + 1) * count <= KEPT) kept.set(epoch, order);
    return order;
  };
};
