import "./language.ts";
import uPlot from "uplot";
import type { Axis, Chart, LineChart } from "../charts/chart.ts";
import { standIn, ticksOf } from "../charts/scale.ts";
import { canvasSurface } from "./canvas-surface.ts";
import type { CursorEvents, Drawing } from "./drawing.ts";
import { ticksAcross, ticksDown } from "./frame.ts";
import { drawLabels } from "./labels.ts";
import { drawLines } from "./lines.ts";
import { colourOf, type Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { FONT } from "./surface.ts";

const HEIGHT = 256;

/**
 * A line chart by uPlot: it has scales, axes, the cursor and its sharing; what lies inside is drawn as in
 * the SVG. Made again where an axis changes its kind, which uPlot cannot do.
 */
export const linePlot = (host: HTMLElement, events: CursorEvents): Drawing => {
  let chart: LineChart;
  let palette: Palette;
  let isolated: number | null = null;
  let plot: uPlot | null = null;
  let kind = "";
  let width = 320;

  const inside = (u: uPlot): void => {
    const ratio = uPlot.pxRatio;
    const { ctx, bbox } = u;
    const area: Plot = {
      left: bbox.left / ratio,
      top: bbox.top / ratio,
      width: bbox.width / ratio,
      height: bbox.height / ratio,
    };
    ctx.save();
    ctx.scale(ratio, ratio);
    const surface = canvasSurface(ctx);
    drawLines(surface, chart, area, palette, isolated);
    drawLabels(surface, chart, area, palette, isolated, roomFor(width));
    ctx.restore();
  };

  const axis = (of: () => Axis, side: 2 | 3): uPlot.Axis => ({
    scale: side === 2 ? "x" : "y",
    side,
    size: side === 2 ? 20 : 50,
    gap: 4,
    font: `11px ${FONT}`,
    labelFont: `11px ${FONT}`,
    labelSize: 16,
    labelGap: 0,
    label: of().label,
    stroke: () => palette.muted,
    grid: { stroke: () => palette.grid, width: 1 },
    ticks: { show: false },
    splits: (u) => ticks(u, of(), side).map((tick) => standIn(of(), tick)),
    filter: (_u, splits) => splits,
    values: (u) => ticks(u, of(), side).map((tick) => of().format(tick)),
  });

  const ticks = (u: uPlot, axis: Axis, side: 2 | 3): number[] =>
    ticksOf(
      axis,
      side === 2 ? ticksAcross(u.bbox.width / uPlot.pxRatio) : ticksDown(u.bbox.height / uPlot.pxRatio),
    );

  const make = (): uPlot =>
    new uPlot(
      {
        width,
        height: HEIGHT,
        padding: [10, roomFor(width), 0, 0],
        legend: { show: false },
        cursor: {
          drag: { x: false, y: false },
          y: false,
          points: { size: 7, width: 1 },
          ...(chart.overSteps ? { sync: { key: "steps", scales: ["x", null] } } : {}),
        },
        scales: {
          x: { time: false, distr: chart.x.log ? 3 : 1, range: () => [chart.x.low, chart.x.high] },
          y: { distr: chart.y.log ? 3 : 1, range: () => [chart.y.low, chart.y.high] },
        },
        axes: [axis(() => chart.x, 2), axis(() => chart.y, 3)],
        series: [
          {},
          ...chart.curves.map(({ look }) => ({
            stroke: () => colourOf(palette, look),
            paths: () => null,
            points: { show: false },
          })),
        ],
        hooks: {
          draw: [inside],
          setCursor: [
            (u) => {
              const index = u.cursor.idx ?? null;
              events.point(index);
              if (chart.overSteps) events.step(index === null ? null : chart.xs[index]!);
            },
          ],
        },
      },
      dataOf(chart),
      host,
    );

  return {
    draw(next: Chart, colours, alone) {
      if (next.kind !== "lines") return;
      chart = next;
      palette = colours;
      isolated = alone;
      const now = `${chart.x.log}/${chart.y.log}/${chart.x.label}/${chart.y.label}/${chart.curves.map(({ look }) => look)}`;
      if (plot === null || now !== kind) {
        plot?.destroy();
        plot = make();
        kind = now;
      } else plot.setData(dataOf(chart), true);
    },
    resize(next) {
      if (next === width) return;
      width = next;
      plot?.destroy();
      plot = null;
    },
    close: () => plot?.destroy(),
  };
};

/** Space for names at the right. */
const roomFor = (width: number): number => (width < 420 ? 78 : 128);

/** Medians for the cursor, where they are drawn; without what has no place on a log axis. */
const dataOf = ({ xs, curves, x, y }: LineChart): uPlot.AlignedData => [
  Array.from(xs, (value) => standIn(x, value)),
  ...curves.map((curve) =>
    Array.from({ length: xs.length }, (_, k) => {
      const value = standIn(y, curve.y[k] ?? Number.NaN);
      return Number.isFinite(value) && !(y.log && value <= 0) ? value : null;
    }),
  ),
];
