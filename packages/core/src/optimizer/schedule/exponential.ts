import { pow } from "../../math/index.ts";
import type { ScheduleKind } from "./schedule.ts";

export const exponential: ScheduleKind = {
  name: "exponential",
  aliases: [],
  options: {
    gamma: {
      low: 0,
      high: 1,
      default: (updates) => pow(0.01, 1 / Math.max(1, updates)),
    },
  },
  create:
    ({ gamma }) =>
    (k) =>
      pow(gamma!, k),
};
