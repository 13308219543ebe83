import { median } from "@stepzero/core";
import type { Figures } from "../figures/figures.ts";

/** What an initialization's networks have come to, the median over its seeds. */
export interface Now {
  readonly startLoss: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly reached: number;
  readonly of: number;
  /** Distinct units of each hidden layer. */
  readonly distinct: readonly { readonly units: number; readonly count: number }[];
}

export const nowOf = (figures: Figures, series: number): Now => {
  const runs = figures.runs(series, 0);
  const last = (column: (typeof runs)[number]["trainLoss"], logged: number): number[] =>
    logged === 0 ? [] : [column[logged - 1]!];
  return {
    startLoss: median(runs.flatMap(({ logged, trainLoss }) => (logged === 0 ? [] : [trainLoss[0]!]))),
    loss: median(runs.flatMap(({ logged, trainLoss }) => last(trainLoss, logged))),
    accuracy: median(runs.flatMap(({ logged, trainAccuracy }) => last(trainAccuracy, logged))),
    reached: runs.filter(({ stepsToTarget }) => stepsToTarget < Infinity).length,
    of: runs.length,
    distinct: figures.layers
      .filter(({ toldApart }) => toldApart)
      .map(({ path, units }) => {
        const band = figures.layer(series, 0, path, "distinctUnits");
        const known = Array.from(band?.median ?? []).filter((value) => !Number.isNaN(value));
        return { units, count: known[known.length - 1] ?? Number.NaN };
      }),
  };
};
