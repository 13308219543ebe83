import { boundariesChart, type TileSource } from "../charts/boundaries.ts";
import type { BoundaryChart } from "../charts/chart.ts";
import { named } from "../charts/words.ts";
import type { Figures } from "../figures/figures.ts";
import { type Shown, seriesOf } from "../figures/shown.ts";

/** What one initialization's networks say of the plane, its seeds side by side. */
export const stripChart = (
  figures: Figures,
  shown: Shown,
  tiles: TileSource,
  series: number,
): BoundaryChart => {
  const seeds = Array.from({ length: figures.seeds }, (_, k) => figures.seed + k);
  const all = boundariesChart(figures, shown, tiles, seeds);
  const heads = seeds.map((seed) => ({ ...seriesOf(figures, series), label: `seed ${seed}` }));
  return {
    ...all,
    title: `What the networks predict over the plane: ${named(figures.initializations[series]!)}`,
    summary:
      "One network per seed: shaded by the class that it finds more likely; on the line it is undecided.",
    columns: ["initialization", ...heads.map(({ label }) => label)],
    heads,
    rows: [
      {
        name: "",
        key: figures.initializations[series]!,
        tiles: all.rows.map(({ tiles: row }) => row[series]!),
      },
    ],
  };
};
