import type { ScheduleKind } from "./schedule.ts";

export const linear: ScheduleKind = {
  name: "linear",
  aliases: [],
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
      1 + ((low! - 1) * Math.min(k, updates!)) / updates!,
};
