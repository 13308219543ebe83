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
/** Of the drawing without the words above it. */
const HEIGHT = 350;
/** On paper, where three have room on a page. */
const PAPER_HEIGHT = 280;
/** Letters of a sentence in a line. */
const LINE = 118;

/** Those that lie within a page. */
let drawings = 0;

/**
 * A chart as the text of an SVG: one that stands alone, with title, sentence, axes and names, or the drawing alone, where
 * the page says the others.
 */
export const svgOf = (
  chart: Chart,
  palette: Palette,
  isolated: number | null,
  png: (pixels: Pixels) => string,
  form: "alone" | "drawing" = "alone",
): { readonly text: string; readonly width: number; readonly height: number } => {
  const lines = form === "alone" ? broken(chart.summary, LINE) : [];
  const top = form === "alone" ? 45 + 16 * lines.length : 0;
  const own =
    chart.kind === "boundaries"
      ? boundaryLayout(chart, WIDTH - 40).height + 10
      : form === "alone"
        ? HEIGHT
        : PAPER_HEIGHT;
  const height = top + own;
  const surface = svgSurface(WIDTH, height, png, form === "alone" ? "" : `d${++drawings}-`);
  surface.box(0, 0, WIDTH, height, palette.paper);
  if (form === "alone") {
    surface.text(20, 24, chart.title, { colour: palette.ink, size: 16, bold: true });
    lines.forEach((line, k) => {
      surface.text(20, 45 + 16 * k, line, { colour: palette.muted, size: 11.5 });
    });
  }
  draw(surface, chart, top, own, palette, isolated);
  return { text: surface.document(chart.title, chart.summary), width: WIDTH, height };
};

const draw = (
  surface: SvgSurface,
  chart: Chart,
  top: number,
  height: number,
  palette: Palette,
  isolated: number | null,
): void => {
  const plot = { left: 72, top: top + 12, width: WIDTH - 72 - 130, height: height - 12 - 52 };
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
      drawBoundaries(moved(surface, 20, top), chart, WIDTH - 40, palette, isolated);
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

/** Lines of so many letters at most, parted at spaces. */
const broken = (text: string, most: number): string[] => {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1]!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
