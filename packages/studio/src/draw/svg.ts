import type { Chart } from "../charts/chart.ts";
import { boundaryLayout, drawBoundaries } from "./boundaries.ts";
import { drawDots } from "./dots.ts";
import { drawFrame } from "./frame.ts";
import { drawLabels } from "./labels.ts";
import { drawLines } from "./lines.ts";
import type { Palette } from "./palette.ts";
import type { Pixels } from "./surface.ts";
import { type SvgSurface, svgSurface } from "./svg-surface.ts";

const WIDTH = 720;
const HEIGHT = 420;

/** A chart as the text of an SVG that stands alone: title, sentence, axes, names. */
export const svgOf = (
  chart: Chart,
  palette: Palette,
  isolated: number | null,
  png: (pixels: Pixels) => string,
): { readonly text: string; readonly width: number; readonly height: number } => {
  const height = chart.kind === "boundaries" ? 64 + boundaryLayout(chart, WIDTH - 40).height + 8 : HEIGHT;
  const surface = svgSurface(WIDTH, height, png);
  surface.box(0, 0, WIDTH, height, palette.paper);
  surface.text(20, 24, chart.title, { colour: palette.ink, size: 16, bold: true });
  surface.text(20, 45, cut(chart.summary, 118), { colour: palette.muted, size: 11.5 });
  draw(surface, chart, height, palette, isolated);
  return { text: surface.document(chart.title, chart.summary), width: WIDTH, height };
};

const draw = (
  surface: SvgSurface,
  chart: Chart,
  height: number,
  palette: Palette,
  isolated: number | null,
): void => {
  const plot = { left: 72, top: 66, width: WIDTH - 72 - 130, height: height - 66 - 52 };
  switch (chart.kind) {
    case "lines":
      drawFrame(surface, chart, plot, palette);
      drawLines(surface, chart, plot, palette, isolated);
      drawLabels(surface, chart, plot, palette, isolated);
      return;
    case "dots":
      drawDots(surface, chart, { ...plot, width: WIDTH - 72 - 30 }, palette, isolated);
      return;
    case "boundaries":
      drawBoundaries(moved(surface, 20, 62), chart, WIDTH - 40, palette, isolated);
  }
};

/** The same surface, its origin moved. */
const moved = (surface: SvgSurface, dx: number, dy: number): SvgSurface => {
  const shift = (points: ArrayLike<number>): number[] =>
    Array.from(points, (value, i) => value + (i % 2 === 0 ? dx : dy));
  return {
    ...surface,
    line: (points, stroke) => surface.line(shift(points), stroke),
    area: (points, fill, opacity) => surface.area(shift(points), fill, opacity),
    box: (x, y, w, h, fill) => surface.box(x + dx, y + dy, w, h, fill),
    mark: (shape, x, y, radius, paint) => surface.mark(shape, x + dx, y + dy, radius, paint),
    text: (x, y, text, style) => surface.text(x + dx, y + dy, text, style),
    image: (x, y, w, h, pixels) => surface.image(x + dx, y + dy, w, h, pixels),
    stamp: (w, h, inside) => {
      const put = surface.stamp(w, h, inside);
      return (x, y) => put(x + dx, y + dy);
    },
    clip: (x, y, w, h, inside) => surface.clip(x + dx, y + dy, w, h, inside),
  };
};

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
