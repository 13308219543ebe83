import type { Figures } from "../figures/figures.ts";
import type { Shown } from "../figures/shown.ts";
import type { Axis } from "./chart.ts";
import { whole } from "./words.ts";

/** The axis that all charts over steps share. On a log axis the start, step 0, has no place. */
export const stepsAxis = ({ steps, lastStep }: Figures, { logSteps }: Pick<Shown, "logSteps">): Axis => {
  let first = 0;
  while (first < steps.length && steps[first]! <= 0) first++;
  const low = logSteps ? (steps[first] ?? 1) : 0;
  return { label: "step", log: logSteps, low, high: Math.max(lastStep, 2 * low, 1), format: whole };
};

/** The last log point that some run has come to. */
export const lastLogged = (figures: Figures, rates: readonly number[]): number => {
  let last = 0;
  rates.forEach((rate, i) => {
    for (const { logged } of figures.runs(i, rate)) last = Math.max(last, logged - 1);
  });
  return last;
};

/** The last entry that is there, up to log point `at`. */
export const latest = (column: ArrayLike<number>, at: number): number => {
  for (let k = Math.min(at, column.length - 1); k >= 0; k--) if (!Number.isNaN(column[k]!)) return column[k]!;
  return Number.NaN;
};

/** The last log point at or before a step; the very last for `null`. */
export const pointAt = (steps: ArrayLike<number>, step: number | null): number => {
  let k = steps.length - 1;
  if (step !== null) while (k > 0 && steps[k]! > step) k--;
  return k;
};
