import type { Axis, LineChart } from "../charts/chart.ts";
import { position } from "../charts/scale.ts";
import { colourOf, type Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import type { Surface } from "./surface.ts";

/** Least distance of two labels. */
const LINE = 14;

/** Names of the curves beside their ends, moved apart where they would cover each other. */
export const drawLabels = (
  surface: Surface,
  chart: LineChart,
  plot: Plot,
  palette: Palette,
  isolated: number | null,
  room = 130,
): void => {
  const ends = chart.curves.flatMap(({ series, look, label, y }) => {
    let last = Math.min(y.length, chart.xs.length) - 1;
    while (last >= 0 && Number.isNaN(y[last]!)) last--;
    if (last < 0) return [];
    const at = placeOf(chart.y, y[last]!);
    return [{ series, look, label, y: plot.top + plot.height * (1 - Math.min(1, Math.max(0, at))) }];
  });
  for (const { series, look, label, y } of spread(ends, plot.top, plot.top + plot.height)) {
    surface.text(plot.left + plot.width + 8, y, fitting(label, room - 10), {
      colour: colourOf(palette, look),
      size: 12,
      bold: isolated === series,
      opacity: isolated === null || isolated === series ? 1 : 0.35,
    });
  }
};

/** Without its learning rate, or cut, where a name would not fit. */
const fitting = (label: string, room: number): string => {
  const most = Math.floor(room / 6.2);
  const name = label.length <= most ? label : label.replace(/ at [^ ]+$/, "");
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
};

const placeOf = (axis: Axis, value: number): number => {
  const place = position(axis, value);
  return Number.isFinite(place) ? place : 0;
};

/** Pushes apart what is closer than a line, and back from below the end. */
export const spread = <T extends { readonly y: number }>(
  labels: readonly T[],
  top: number,
  bottom: number,
): T[] => {
  const ordered = [...labels].sort((a, b) => a.y - b.y);
  const places: number[] = [];
  for (const { y } of ordered) places.push(Math.max(y, (places[places.length - 1] ?? top - LINE) + LINE));
  let floor = bottom;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, floor);
    floor = places[i]! - LINE;
  }
  return ordered.map((label, i) => ({ ...label, y: places[i]! }));
};
