import { maskedPermutation } from "../compatible/masked-shuffle.ts";
import { mt19937 } from "../compatible/mt19937.ts";
import { consecutive, type OrderKind } from "./order.ts";

export const numpyOrder: OrderKind = {
  name: "numpy",
  aliases: [],
  random: true,
  create: (count, { seed }) =>
    consecutive(() => {
      const word = mt19937(seed);
      return () => maskedPermutation(count, word);
    }),
};
