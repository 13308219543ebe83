import { shuffleKeyed } from "../shuffle.ts";
import { counting, type OrderKind } from "./order.ts";

export const stepzeroOrder: OrderKind = {
  name: "stepzero",
  aliases: ["keyed"],
  random: true,
  create:
    (count, { seed }) =>
    (epoch) => {
      const order = counting(count);
      shuffleKeyed(order, seed, "shuffle", `epoch/${epoch}`);
      return order;
    },
};
