import type { Study } from "@stepzero/core";
import { short } from "./describe.ts";
import { columns } from "./width.ts";

const HEIGHT = 9;
/** Columns a learning rate. */
const WIDTH = 14;
/** Columns of the axis beside them. */
const AXIS = 10;
const MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Median steps to the target against the learning rate, a letter an initialization; a letter in the
 * top row is a median of never. Rates and steps are spaced by their logarithm. Empty where the terminal is too narrow.
 */
export const ratesChart = ({ initializations, learningRates, training }: Study): string => {
  if (WIDTH * learningRates.length + AXIS > columns()) return "";
  const rates = [...learningRates].sort((a, b) => a - b);
  const medians = initializations.flatMap(({ cells }) =>
    cells.flatMap(({ stepsToTarget: { median } }) => (median === null || median < 1 ? [] : [median])),
  );
  const top = Math.log(Math.max(training.steps, 2));
  const bottom = medians.length === 0 ? 0 : Math.min(Math.log(Math.min(...medians)), top - 1);
  const rowOf = (steps: number): number =>
    1 + Math.round(((top - Math.max(bottom, Math.log(Math.max(steps, 1)))) / (top - bottom)) * (HEIGHT - 1));
  const grid = Array.from({ length: HEIGHT + 1 }, () => new Array<string>(rates.length).fill(""));
  initializations.forEach(({ cells }, i) => {
    for (const { learningRate, stepsToTarget } of cells) {
      const row = stepsToTarget.median === null ? 0 : rowOf(stepsToTarget.median);
      grid[row]![rates.indexOf(learningRate)] += MARKS[i % MARKS.length];
    }
  });
  const label = (row: number): string => {
    if (row === 0) return "never";
    if (row !== 1 && row !== HEIGHT && row !== Math.ceil(HEIGHT / 2)) return "";
    return short(Number(Math.exp(top - ((row - 1) / (HEIGHT - 1)) * (top - bottom)).toPrecision(2)));
  };
  const names = initializations.map(({ id }, i) => `${MARKS[i % MARKS.length]} ${id}`).join("   ");
  return [
    `Median steps to the target against the learning rate:   ${names}`,
    ...grid.map((cells, row) =>
      `${label(row).padStart(8)} ┤${cells.map((cell) => cell.padStart(WIDTH)).join("")}`.trimEnd(),
    ),
    `${" ".repeat(9)}└${rates.map((rate) => short(rate).padStart(WIDTH, "─")).join("")}`,
  ].join("\n");
};
