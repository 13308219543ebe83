import { cos } from "../../math/index.ts";
import type { ScheduleKind } from "./schedule.ts";

export const cosine: ScheduleKind = {
  name: "cosine",
  aliases: ["cosineAnnealing"],
  options: {
    updates: {
      low: 1,
      integer: true,
      default: (updates) => Math.max(1, updates),
    },
    low: { low: 0, high: 1, default: () => 0 },
  },
  create:
    ({ updates, low }) =>
    (k) =>
      low! + ((1 - low!) * (1 + cos((Math.PI * k) / updates!))) / 2,
};
