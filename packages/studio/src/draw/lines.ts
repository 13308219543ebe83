import type { Curve, LineChart } from "../charts/chart.ts";
import { position } from "../charts/scale.ts";
import { drawBreaks } from "./breaks.ts";
import { colourOf, dashOf, markOf, type Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { CROSS, type Surface } from "./surface.ts";

/** The guide, bands, runs, medians and crosses of a chart; what is not isolated is faded. */
export const drawLines = (
  surface: Surface,
  chart: LineChart,
  plot: Plot,
  palette: Palette,
  isolated: number | null,
): void => {
  const x = (value: number): number => plot.left + plot.width * position(chart.x, value);
  const y = (value: number): number => plot.top + plot.height * (1 - position(chart.y, value));
  const opacityOf = ({ series }: { readonly series: number }): number =>
    isolated === null || isolated === series ? 1 : 0.12;
  const trace = (values: ArrayLike<number>, count = values.length): number[] =>
    polyline(chart, values, Math.min(count, chart.xs.length), x, y);

  drawBreaks(surface, chart, plot, palette);
  surface.clip(plot.left, plot.top, plot.width, plot.height, () => {
    if (chart.guide !== null) {
      const at = y(chart.guide.y);
      surface.line([plot.left, at, plot.left + plot.width, at], {
        colour: palette.muted,
        width: 1,
        dash: [3, 3],
      });
      const style = { colour: palette.muted, size: 11, anchor: "end" } as const;
      surface.text(plot.left + plot.width - 6, at - 8, chart.guide.label, style);
    }
    for (const curve of chart.curves) {
      if (curve.band === null) continue;
      const low = trace(curve.band.low);
      const high = trace(curve.band.high);
      surface.area(around(low, high), colourOf(palette, curve.look), 0.14 * opacityOf(curve));
    }
    for (const curve of chart.curves) {
      const stroke = {
        colour: colourOf(palette, curve.look),
        width: 0.75,
        opacity: faint(curve) * opacityOf(curve),
      };
      const all: number[] = [];
      for (const { logged, values } of curve.runs) {
        for (const value of trace(values, logged)) all.push(value);
        all.push(Number.NaN, Number.NaN);
      }
      if (all.length > 0) surface.line(all, stroke);
    }
    for (const curve of chart.curves) {
      for (const { logged, values } of curve.runs.filter(({ picked }) => picked)) {
        surface.line(trace(values, logged), {
          colour: colourOf(palette, curve.look),
          width: 1.25,
          opacity: 0.9 * opacityOf(curve),
        });
      }
      surface.line(trace(curve.y), {
        colour: colourOf(palette, curve.look),
        width: isolated === curve.series ? 2.75 : 2,
        dash: dashOf(curve.look),
        opacity: opacityOf(curve),
      });
    }
  });
  surface.clip(plot.left - 6, plot.top - 6, plot.width + 12, plot.height + 12, () => {
    if (chart.marked) {
      for (const curve of chart.curves) {
        const paint = {
          fill: palette.paper,
          stroke: colourOf(palette, curve.look),
          opacity: opacityOf(curve),
        };
        for (let k = 0; k < chart.xs.length; k++) {
          surface.mark(markOf(curve.look), x(chart.xs[k]!), y(curve.y[k]!), 4, paint);
        }
      }
    }
    for (const cross of chart.crosses) {
      const paint = { fill: colourOf(palette, cross.look), stroke: palette.paper, opacity: opacityOf(cross) };
      // What ended beyond the axis is marked at its end.
      const at = Math.min(plot.top + plot.height, Math.max(plot.top, y(cross.y)));
      surface.mark(CROSS, x(cross.x), at, 4, paint);
    }
  });
};

const faint = ({ runs }: Curve): number => Math.max(0.12, 0.4 / Math.sqrt(runs.length));

/** Points on the surface; what has no place on an axis leaves a gap. */
const polyline = (
  chart: LineChart,
  values: ArrayLike<number>,
  count: number,
  x: (value: number) => number,
  y: (value: number) => number,
): number[] => {
  const points: number[] = [];
  let before = Number.NaN;
  for (let k = 0; k < count; k++) {
    const at = x(chart.xs[k]!);
    const to = y(values[k]!);
    if (chart.stepped && Number.isFinite(before)) points.push(at, before);
    points.push(at, to);
    before = to;
  }
  return points;
};

/** The outline of a band: along its lower edge and back along the upper, over what both have. */
const around = (low: readonly number[], high: readonly number[]): number[] => {
  const points: number[] = [];
  const there = (i: number): boolean =>
    Number.isFinite(low[i]! + low[i + 1]!) && Number.isFinite(high[i]! + high[i + 1]!);
  for (let i = 0; i < low.length; i += 2) if (there(i)) points.push(low[i]!, low[i + 1]!);
  for (let i = high.length - 2; i >= 0; i -= 2) if (there(i)) points.push(high[i]!, high[i + 1]!);
  return points;
};
