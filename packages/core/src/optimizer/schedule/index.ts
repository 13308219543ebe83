export * from "./catalogue.ts";
export * from "./named.ts";
export type { ScheduleConfig, ScheduleOption } from "./schedule.ts";
