import { InputError } from "../../base/index.ts";

/** The order of the samples in epoch `epoch` of a member with that shuffle seed. */
export type EpochOrders = (seed: number, epoch: number) => Uint32Array;

export const epochOrders = (_count: number): EpochOrders => {
  return () => {
    throw new InputError("engine wasm", "expected a full batch", "Leave out the batch size.");
  };
};
