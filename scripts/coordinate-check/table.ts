import type { Changes } from "./measure.ts";

/** Student's t for 95 % from both sides, by the number of seeds. */
const STUDENT: Readonly<Record<number, number>> = { 2: 12.7062, 3: 4.3027, 5: 2.7764, 8: 2.3646, 10: 2.2622 };
export const LAYERS = ["hidden 1", "hidden 2", "hidden 3", "output"] as const;

/** A mean over seeds with the half width of its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly half: number;
}

export const estimate = (values: readonly number[]): Estimate => {
  const { length } = values;
  const student = STUDENT[length];
  if (student === undefined) throw new Error(`no Student's t for ${length} seeds`);
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, half: student * Math.sqrt(squares / (length - 1) / length) };
};

/** By layer: the least-squares slope of log₂ change over log₂ width, one a seed. 0 is flat, 1 grows as the width. */
export const slopes = (changes: Changes, widths: readonly number[], layer: number): Estimate => {
  const x = widths.map(Math.log2);
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const spread = x.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return estimate(
    changes[0]!.map((_, seed) => {
      const y = changes.map((ofWidth) => Math.log2(ofWidth[seed]![layer]!));
      return x.reduce((sum, value, i) => sum + (value - centre) * y[i]!, 0) / spread;
    }),
  );
};

const short = (value: number): string => String(Number(value.toPrecision(2)));

/** The lines of one arm: change per layer and width, and the slope. */
export const armLines = (name: string, changes: Changes, widths: readonly number[]): string[] =>
  LAYERS.map((layer, index) => {
    const cells = changes.map((ofWidth) => {
      const { mean, half } = estimate(ofWidth.map((layers) => layers[index]!));
      return `${mean.toPrecision(3)} ± ${short(half)}`;
    });
    const { mean, half } = slopes(changes, widths, index);
    return `| ${[name, layer, ...cells, `${mean.toFixed(3)} ± ${short(half)}`].join(" | ")} |`;
  });

export const tableHead = (widths: readonly number[]): string[] => [
  `| start and rates | layer | ${widths.join(" | ")} | slope |`,
  `|---|---|${"---|".repeat(widths.length)}---|`,
];
