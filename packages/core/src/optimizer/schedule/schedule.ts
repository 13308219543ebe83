/** A schedule as plain data, every option said: `{ name: "step", every: 100, gamma: 0.1 }`. */
export interface ScheduleConfig {
  readonly name: string;
  readonly [option: string]: number | string;
}

/** An option of a schedule: a number from `low` to `high`. */
export interface ScheduleOption {
  readonly low: number;
  readonly high?: number;
  readonly integer?: true;
  /** For a run of so many updates. */
  default(updates: number): number;
}

/** One schedule, as names and options are understood. Its words are in words.ts. */
export interface ScheduleKind {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly options: Readonly<Record<string, ScheduleOption>>;
  /** The factor of the learning rate at update k = 0, 1, … after the warm-up. */
  create(options: Readonly<Record<string, number>>): (k: number) => number;
}
