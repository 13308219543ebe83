import { mt19937 } from "../compatible/mt19937.ts";
import { consecutive, counting, type OrderKind } from "./order.ts";

/** `torch.randperm(count)` on a CPU: sample i is exchanged with i + word % (count − i). */
const randperm = (count: number, word: () => number): Uint32Array => {
  const order = counting(count);
  for (let i = 0; i < count - 1; i++) {
    const j = i + (word() % (count - i));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
};

/**
 * `DataLoader(shuffle=True)`. Every epoch takes two 64-bit words from the global generator: one that seeds workers,
 * whether there are any or not, then one that seeds a generator of the epoch's own, of which MT19937 takes the lower
 * 32 bits. An evaluation through another loader takes a word too; here evaluations take none.
 */
export const pytorchOrder: OrderKind = {
  name: "pytorch",
  aliases: ["torch", "dataLoader"],
  random: true,
  create: (count, { seed, words = 0 }) =>
    consecutive(() => {
      const word = mt19937(seed);
      for (let i = 0; i < words; i++) word();
      return () => {
        for (let i = 0; i < 3; i++) word();
        return randperm(count, mt19937(word()));
      };
    }),
};
