import { cos } from "../../math/index.ts";
import type { ScheduleKind } from "./schedule.ts";

/** From `from` to `to` along half a cosine, at a share of the way. */
const anneal = (from: number, to: number, share: number): number =>
  to + ((from - to) / 2) * (1 + cos(Math.PI * share));

export const oneCycle: ScheduleKind = {
  name: "oneCycle",
  aliases: ["1cycle"],
  options: {
    updates: {
      low: 2,
      integer: true,
      default: (updates) => Math.max(2, updates),
    },
    share: { low: 0, high: 1, default: () => 0.3 },
    divide: { low: 1, default: () => 25 },
    finalDivide: { low: 1, default: () => 10_000 },
  },
  create: ({ updates, share, divide, finalDivide }) => {
    const [top, end] = [share! * updates! - 1, updates! - 1];
    return (k) =>
      k <= top
        ? anneal(1 / divide!, 1, top === 0 ? 1 : k / top)
        : anneal(1, 1 / (divide! * finalDivide!), (k - top) / (end - top));
  },
};
