import { shuffleKeyed } from "../random/index.ts";

/** The order of samples in epoch 0, 1, …: a permutation that the seed and the epoch decide. */
export const epochOrder = (seed: number, epoch: number, count: number): Uint32Array => {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffleKeyed(order, seed, "shuffle", `epoch/${epoch}`);
  return order;
};
