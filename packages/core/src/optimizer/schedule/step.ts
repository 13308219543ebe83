import { pow } from "../../math/index.ts";
import type { ScheduleKind } from "./schedule.ts";

export const step: ScheduleKind = {
  name: "step",
  aliases: ["stepDecay"],
  options: {
    every: {
      low: 1,
      integer: true,
      default: (updates) => Math.max(1, Math.floor(updates / 3)),
    },
    gamma: { low: 0, high: 1, default: () => 0.1 },
  },
  create:
    ({ every, gamma }) =>
    (k) =>
      pow(gamma!, Math.floor(k / every!)),
};
