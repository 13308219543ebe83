import type { Figures } from "../figures/figures.ts";
import { type Shown, spokenAt } from "../figures/shown.ts";
import type { Axis } from "./chart.ts";
import { withZero } from "./scale.ts";
import { counted, listed, whole } from "./words.ts";

/** The axis that all charts over steps share. On a log axis the start, step 0, lies below a break. */
export const stepsAxis = ({ steps, lastStep }: Figures, { logSteps }: Pick<Shown, "logSteps">): Axis => {
  const common = { label: "step", log: logSteps, format: whole };
  if (!logSteps) return { ...common, low: 0, high: Math.max(lastStep, 1) };
  let first = 0;
  while (first < steps.length && steps[first]! <= 0) first++;
  const low = steps[first] ?? 1;
  const high = Math.max(lastStep, 2 * low);
  return { ...common, ...(first > 0 ? withZero(low, high) : { low, high }) };
};

/**
 * The log point that a sentence is about: the last that every initialization shown has come to, but for those of
 * which every run has ended early; −1 before the first.
 */
export const pointTold = (figures: Figures, rates: readonly number[]): number => {
  const last = rates.map((rate, i) => Math.max(0, ...figures.runs(i, rate).map(({ logged }) => logged)) - 1);
  const going = last.filter((_, i) => !endedEarly(figures, i, rates[i]!));
  return going.length === 0 ? Math.max(-1, ...last) : Math.min(...going);
};

/** Whether every run of an initialization at a rate has diverged or was lost. */
export const endedEarly = (figures: Figures, initialization: number, rate: number): boolean => {
  const runs = figures.runs(initialization, rate);
  return runs.length > 0 && runs.every(({ diverged, lost }) => diverged !== null || lost !== null);
};

/** `; 2 of 5 runs of \`random:10\` at 3 diverged`, or nothing. */
export const divergedText = (figures: Figures, rates: readonly number[]): string => {
  const said = rates.flatMap((rate, i) => {
    const runs = figures.runs(i, rate);
    const count = runs.filter(({ diverged }) => diverged !== null).length;
    if (count === 0) return [];
    const which =
      count === runs.length
        ? count === 1
          ? "the run"
          : `all ${count} runs`
        : `${count} of ${counted(runs.length, "run")}`;
    return [`${which} of ${spokenAt(figures, i, rate)}`];
  });
  return said.length === 0 ? "" : `; ${listed(said)} diverged`;
};

/** `after 1,200 steps`, `at the start` */
export const afterSteps = (step: number): string =>
  step === 0 ? "at the start" : `after ${counted(step, "step")}`;

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
