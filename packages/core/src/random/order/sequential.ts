import { counting, type OrderKind } from "./order.ts";

export const sequentialOrder: OrderKind = {
  name: "sequential",
  aliases: ["none"],
  random: false,
  create: (count) => () => counting(count),
};
