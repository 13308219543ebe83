import type { ScheduleKind } from "./schedule.ts";

export const constant: ScheduleKind = {
  name: "constant",
  aliases: ["none"],
  options: {},
  create: () => () => 1,
};
