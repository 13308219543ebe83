import { checkKind, InputError, KIND, optionsOf, suggestion } from "../../base/index.ts";
import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { exponential } from "./exponential.ts";
import { linear } from "./linear.ts";
import { oneCycle } from "./one-cycle.ts";
import type { ScheduleConfig, ScheduleKind } from "./schedule.ts";
import { step } from "./step.ts";

/** By name: one line a schedule. */
const KINDS = { constant, step, exponential, cosine, linear, oneCycle } as const;
export type ScheduleName = keyof typeof KINDS;

export const SCHEDULES = Object.keys(KINDS) as readonly ScheduleName[];

export const scheduleKind = (name: ScheduleName): ScheduleKind => KINDS[name];

/** A name (`"cosine"`), or a name with options (`{ name: "step", every: 100 }`). */
export type ScheduleSpec = string | ScheduleConfig;

/** How the learning rate changes from update to update. */
export interface Schedule {
  readonly config: ScheduleConfig;
  /** Updates in which the rate rises from 1/warmup of itself. */
  readonly warmup: number;
  /** The factor of the learning rate at update k = 0, 1, …. */
  factor(k: number): number;
}

const folded = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

/**
 * The schedule of a run of so many updates. In the warm-up, update k has (k + 1) / warmup of the learning rate; the
 * schedule begins after it.
 *
 * ```ts
 * const halfway = schedule("cosine", { updates: 100 }).factor(50);
 * halfway; // ≈ 0.5
 * schedule("constant", { updates: 100, warmup: 4 }).factor(0); // 0.25
 * schedule("step", { updates: 300 }).config; // { name: "step", every: 100, gamma: 0.1 }
 * ```
 *
 * Errors: `InputError` on an unknown name or option, an option out of its range, and a schedule or warm-up that does
 * not fit the run.
 */
export const schedule = (
  spec: ScheduleSpec,
  options: { readonly updates: number; readonly warmup?: number | undefined },
): Schedule => {
  const { updates, warmup = 0 } = optionsOf("schedule", options, {
    updates: KIND.number,
    warmup: KIND.number,
  });
  checkKind("schedule", "updates", updates, KIND.number);
  const given = typeof spec === "string" ? { name: spec } : spec;
  if (given === null || typeof given !== "object" || typeof given.name !== "string") {
    throw new InputError(
      "schedule",
      `expected a name or an object with a name, got ${JSON.stringify(spec)}`,
      'Write "cosine", or { "name": "step", "every": 100 }.',
    );
  }
  if (!Number.isSafeInteger(warmup) || warmup < 0) {
    throw new InputError("warmup", `expected a number of updates, 0 or more, got ${String(warmup)}`);
  }
  if (warmup > 0 && warmup >= updates) {
    throw new InputError(
      "warmup",
      `expected fewer updates than the run has (${updates}), got ${warmup}`,
      "Train longer, or warm up for less.",
    );
  }
  const entry = Object.values<ScheduleKind>(KINDS).find(({ name, aliases }) =>
    [name, ...aliases].some((one) => folded(one) === folded(given.name)),
  );
  if (entry === undefined) {
    throw new InputError("schedule", `unknown schedule "${given.name}"`, suggestion(given.name, SCHEDULES));
  }
  if (warmup > 0 && entry.name === "oneCycle") {
    throw new InputError(
      "warmup",
      "expected none with oneCycle, which begins with its own",
      "Leave one of them out.",
    );
  }
  const known = Object.keys(entry.options);
  for (const option of Object.keys(given)) {
    if (option === "name" || known.includes(option)) continue;
    const fix = known.length === 0 ? "It has none." : suggestion(option, known);
    throw new InputError(entry.name, `has no option "${option}"`, fix);
  }
  const left = updates - warmup;
  const said: Record<string, number> = {};
  for (const [option, { low, high = Infinity, integer, default: usual }] of Object.entries(entry.options)) {
    const value = given[option] ?? usual(left);
    const fits = typeof value === "number" && Number.isFinite(value) && value >= low && value <= high;
    if (!fits || (integer === true && !Number.isSafeInteger(value))) {
      const kind = integer === true ? "an integer" : "a number";
      const range = high === Infinity ? `≥ ${low}` : `from ${low} to ${high}`;
      throw new InputError(
        entry.name,
        `expected ${option} to be ${kind} ${range}, got ${JSON.stringify(value)}`,
      );
    }
    said[option] = value;
  }
  if (
    options.updates !== undefined &&
    left > 0 &&
    given.updates !== undefined &&
    misfits(entry.name, said.updates, left)
  ) {
    throw new InputError(
      entry.name,
      `expected updates to be what the run has${warmup > 0 ? " after the warm-up" : ""}, ${left}, got ${said.updates}`,
      `Leave "updates" out, or train for ${said.updates + warmup} steps.`,
    );
  }
  const after = entry.create(said);
  return {
    config: { name: entry.name, ...said },
    warmup,
    factor: (k) => (k < warmup ? (k + 1) / warmup : after(k - warmup)),
  };
};

/** A cut schedule never comes to its end; one that is over would rise again, but a line stays where it ended. */
const misfits = (name: string, own: number, left: number): boolean =>
  own > left || (own < left && name !== "linear");
