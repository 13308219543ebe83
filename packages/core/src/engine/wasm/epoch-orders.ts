import { epochOrder } from "../epoch-order.ts";

/** The order of the samples in epoch `epoch` of a member with that shuffle seed. */
export type EpochOrders = (seed: number, epoch: number) => Uint32Array;

export const epochOrders =
  (count: number): EpochOrders =>
  (seed, epoch) =>
    epochOrder(seed, epoch, count);
