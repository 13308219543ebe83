import type { Figures, RunFigures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import type { BoundaryChart, BoundaryTile, Points, Tile, Window } from "./chart.ts";
import { fateOf } from "./fate.ts";
import { afterSteps } from "./over-steps.ts";
import { counted, figure, listed, named, percent, sentence, whole } from "./words.ts";

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
  const heads = rates.map((rate, series) => ({
    ...seriesOf(figures, series),
    label: labelAt(figures, series, rate),
  }));
  return {
    kind: "boundaries",
    id: "boundaries",
    title: "Decision boundaries",
    summary: summaryOf(figures, rates, seeds),
    columns: ["seed", ...heads.map(({ label }) => label)],
    heads,
    rows: seeds.map((seed) => ({
      name: `seed ${seed}`,
      key: String(seed),
      tiles: rates.map((rate, series) => {
        const run = runOf(figures.runs(series, rate), seed);
        const tile = source.tile(
          figures.initializations[series]!,
          figures.learningRates[rate]!,
          run?.seed ?? seed,
        );
        return tileOf(run, tile);
      }),
    })),
    points: source.points,
    window: source.window,
  };
};

/** The run of a seed, or the one that stands for every seed. */
const runOf = (runs: readonly RunFigures[], seed: number): RunFigures | undefined =>
  runs.length === 1 ? runs[0] : runs.find((run) => run.seed === seed);

const tileOf = (run: RunFigures | undefined, tile: Tile | null): BoundaryTile => {
  if (run === undefined) return { tile, caption: "", note: "", value: Number.NaN, fate: null };
  const { logged, trainAccuracy, trainLoss } = run;
  const accuracy = trainAccuracy[logged - 1];
  const value = accuracy ?? trainLoss[logged - 1] ?? Number.NaN;
  return { tile, ...wordsOf(run, accuracy, value), value, fate: fateOf(run) };
};

/** Result, and what that is to the target: a rounded figure cannot say so. */
const wordsOf = (
  { diverged, stepsToTarget, held }: RunFigures,
  accuracy: number | undefined,
  value: number,
): Pick<BoundaryTile, "caption" | "note"> => {
  if (diverged !== null) return { caption: `diverged, step ${whole(diverged.step)}`, note: "" };
  if (Number.isNaN(value)) return { caption: "", note: "" };
  return {
    caption: accuracy === undefined ? `loss ${figure(value)}` : percent(accuracy),
    note: held ? "reached" : stepsToTarget < Infinity ? "lost again" : "",
  };
};

const summaryOf = (figures: Figures, rates: readonly number[], seeds: readonly number[]): string => {
  const runs = rates.map((rate, i) => seeds.flatMap((seed) => runOf(figures.runs(i, rate), seed) ?? []));
  const last = Math.max(0, ...runs.flat().map(({ logged }) => logged)) - 1;
  if (last < 0) return "Nothing is trained yet.";
  const after = afterSteps(figures.steps[last]!);
  const found = rates.map((rate, i) => {
    const reached = runs[i]!.filter(({ stepsToTarget }) => stepsToTarget < Infinity);
    const lost = reached.filter(({ held }) => !held).length;
    return { name: spokenAt(figures, i, rate), i, count: reached.length, lost };
  });
  const able = found.filter(({ count }) => count > 0);
  if (able.length === 0) return sentence(`${after} no network shown has reached the target`);
  const only = seeds.length === 1;
  const of = only ? `with seed ${seeds[0]!}` : `of the ${counted(seeds.length, "seed")} shown`;
  const said = able.map(({ name, count, lost }) => {
    const again = lost === 0 ? "" : lost === count ? " (and lost again)" : ` (and lost again in ${lost})`;
    return `${name}${only ? "" : ` in ${count}`}${again}`;
  });
  const unable = found.filter(({ count }) => count === 0).map(({ i }) => named(figures.initializations[i]!));
  const rest =
    unable.length === 0 ? "" : only ? `, not by ${listed(unable)}` : `; by ${listed(unable)} in none`;
  return sentence(`${after}, ${of}, the target was reached by ${listed(said)}${rest}`);
};
