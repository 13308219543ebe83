import { SCHEDULES, scheduleKind } from "./named.ts";
import { SCHEDULE_WORDS, type ScheduleWords } from "./words.ts";

/** One schedule in the catalogue, which lists and explanations are read from. */
export interface ScheduleEntry extends ScheduleWords {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** The schedules, as lists and explanations need them. */
export const scheduleCatalogue: readonly ScheduleEntry[] = SCHEDULES.map((name) => ({
  ...SCHEDULE_WORDS[name],
  name,
  aliases: scheduleKind(name).aliases,
}));
