import type { Figures, RunFigures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown } from "../figures/shown.ts";
import type { BoundaryChart, Points, Tile, Window } from "./chart.ts";
import { counted, figure, listed, percent, sentence, whole } from "./words.ts";

/** Where tiles come from. */
export interface TileSource {
  readonly window: Window;
  readonly points: Points;
  tile(initialization: string, learningRate: number, seed: number): Tile | null;
}

/** What each network says of the plane: columns are initializations, rows the seeds asked for. */
export const boundariesChart = (
  figures: Figures,
  shown: Shown,
  source: TileSource,
  seeds: readonly number[],
): BoundaryChart => {
  const rates = ratesShown(figures, shown.rate);
  const heads = rates.map((rate, series) => ({ series, label: labelAt(figures, series, rate) }));
  return {
    kind: "boundaries",
    id: "boundaries",
    title: "Decision boundaries",
    summary: summaryOf(figures, rates, seeds),
    columns: ["seed", ...heads.map(({ label }) => label)],
    heads,
    rows: seeds.map((seed) => ({
      name: `seed ${seed}`,
      tiles: rates.map((rate, series) => {
        const run = runOf(figures.runs(series, rate), seed);
        const own = run?.seed ?? seed;
        return {
          tile: source.tile(figures.initializations[series]!, figures.learningRates[rate]!, own),
          caption: run === undefined ? "" : caption(run),
        };
      }),
    })),
    points: source.points,
    window: source.window,
  };
};

/** The run of a seed, or the one that stands for every seed. */
const runOf = (runs: readonly RunFigures[], seed: number): RunFigures | undefined =>
  runs.length === 1 ? runs[0] : runs.find((run) => run.seed === seed);

const caption = ({ diverged, logged, trainAccuracy, trainLoss }: RunFigures): string => {
  if (diverged !== null) return `diverged, step ${whole(diverged.step)}`;
  const accuracy = trainAccuracy[logged - 1];
  if (accuracy !== undefined) return percent(accuracy);
  const loss = trainLoss[logged - 1];
  return loss === undefined ? "" : `loss ${figure(loss)}`;
};

const summaryOf = (figures: Figures, rates: readonly number[], seeds: readonly number[]): string => {
  const parted = rates.map(
    (rate, i) =>
      seeds.filter((seed) => (runOf(figures.runs(i, rate), seed)?.stepsToTarget ?? Infinity) < Infinity)
        .length,
  );
  const able = rates.flatMap((rate, i) =>
    parted[i] === 0 ? [] : [`${labelAt(figures, i, rate)} has reached the target in ${parted[i]!}`],
  );
  if (able.length === 0) return "No network shown here has reached the target yet.";
  if (rates.length === 1 && seeds.length === 1) return "The network has reached the target.";
  if (seeds.length === 1) {
    const names = rates.flatMap((rate, i) => (parted[i] === 0 ? [] : [labelAt(figures, i, rate)]));
    return sentence(`with seed ${seeds[0]!} the target is reached by ${listed(names)}`);
  }
  const unable = figures.initializations.filter((_, i) => parted[i] === 0);
  return sentence(
    `of ${counted(seeds.length, "seed")} shown, ${listed(able)}${unable.length === 0 ? "" : `, ${listed(unable)} in none`}`,
  );
};
