import type { Figures } from "../figures/figures.ts";
import type { Axis } from "./chart.ts";
import { percent } from "./words.ts";

/** Whether runs have accuracies: those of a regression have none. */
export const classifies = (figures: Figures): boolean =>
  !figures.initializations.some((_, i) =>
    figures.learningRates.some((_, r) =>
      figures.runs(i, r).some(({ logged, trainAccuracy }) => logged > 0 && trainAccuracy.length === 0),
    ),
  );

/** From 40 %, or below the lowest value, to all. */
export const accuracyAxis = (columns: readonly ArrayLike<number>[]): Axis => {
  let low = 0.4;
  for (const column of columns) {
    for (let k = 0; k < column.length; k++) if (column[k]! < low) low = Math.floor(10 * column[k]!) / 10;
  }
  const ticks = Array.from({ length: 11 }, (_, k) => k / 10);
  return { label: "accuracy", log: false, low, high: 1.03, format: percent, ticks };
};
