import type { DotChart } from "../charts/chart.ts";
import { position } from "../charts/scale.ts";
import { drawBreaks } from "./breaks.ts";
import { drawFrame } from "./frame.ts";
import { colourOf, markOf, type Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import { CROSS, type Surface } from "./surface.ts";

const RADIUS = 3.5;

/** Where a dot was drawn. */
export interface PlacedDot {
  readonly seed: number;
  readonly x: number;
  readonly y: number;
}

/** A column of dots an initialization; dots of one height lie side by side. */
export const drawDots = (
  surface: Surface,
  chart: DotChart,
  plot: Plot,
  palette: Palette,
  isolated: number | null,
): PlacedDot[] => {
  const placed: PlacedDot[] = [];
  drawFrame(surface, { x: null, y: chart.y }, plot, palette);
  drawBreaks(surface, { x: null, y: chart.y }, plot, palette);
  const bottom = plot.top + plot.height;
  if (chart.guide !== null) {
    const at = bottom - plot.height * position(chart.y, chart.guide.y);
    surface.line([plot.left, at, plot.left + plot.width, at], {
      colour: palette.muted,
      width: 1,
      dash: [3, 3],
    });
    surface.text(plot.left + 6, at - 8, chart.guide.label, { colour: palette.muted, size: 11 });
  }
  const step = plot.width / Math.max(1, chart.dots.length);
  chart.dots.forEach(({ series, look, label, dots }, column) => {
    const centre = plot.left + (column + 0.5) * step;
    const colour = colourOf(palette, look);
    const opacity = isolated === null || isolated === series ? 1 : 0.15;
    const taken = new Map<number, number>();
    const fit = Math.max(1, Math.floor((0.9 * step) / (2 * RADIUS + 1)));
    for (const { seed, value, divergedAt, picked } of dots) {
      const diverged = divergedAt !== null;
      const y = bottom - plot.height * Math.min(1, Math.max(0, place(chart, value)));
      const row = Math.round(y / (2 * RADIUS));
      const before = taken.get(row) ?? 0;
      taken.set(row, before + 1);
      const slot = before % fit;
      const aside = Math.ceil(slot / 2) * (slot % 2 === 0 ? 1 : -1);
      const x = centre + aside * (2 * RADIUS + 1);
      placed.push({ seed, x, y });
      if (picked) surface.mark(0, x, y, RADIUS + 3, { fill: null, stroke: palette.ink });
      surface.mark(diverged ? CROSS : markOf(look), x, y, RADIUS, {
        fill: diverged ? null : colour,
        stroke: diverged ? colour : palette.paper,
        opacity: 0.9 * opacity,
      });
    }
    lines(label, step).forEach((text, line) => {
      surface.text(centre, bottom + 14 + 14 * line, text, { colour, size: 12, anchor: "middle", opacity });
    });
  });
  return placed;
};

const place = (chart: DotChart, value: number): number => {
  const at = position(chart.y, value);
  return Number.isFinite(at) ? at : 0;
};

/** `random:10 at 0.3` on two lines where a column is narrow. */
const lines = (label: string, width: number): string[] => {
  const at = label.lastIndexOf(" at ");
  return at < 0 || 6.5 * label.length < width ? [label] : [label.slice(0, at), label.slice(at + 1)];
};
