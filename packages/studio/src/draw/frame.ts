import type { Axis } from "../charts/chart.ts";
import { position, ticksOf } from "../charts/scale.ts";
import type { Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import type { Surface } from "./surface.ts";

/** Grid, tick labels and the names of the axes; `x` is `null` where columns name themselves. */
export const drawFrame = (
  surface: Surface,
  { x, y }: { readonly x: Axis | null; readonly y: Axis },
  plot: Plot,
  palette: Palette,
): void => {
  const small = { colour: palette.muted, size: 11 };
  const bottom = plot.top + plot.height;
  for (const tick of ticksOf(y, ticksDown(plot.height))) {
    const at = bottom - plot.height * position(y, tick);
    surface.line([plot.left, at, plot.left + plot.width, at], { colour: palette.grid, width: 1 });
    surface.text(plot.left - 8, at, y.format(tick), { ...small, anchor: "end" });
  }
  surface.text(plot.left - 46, plot.top + plot.height / 2, y.label, {
    ...small,
    anchor: "middle",
    upright: true,
  });
  if (x === null) return;
  for (const tick of ticksOf(x, ticksAcross(plot.width))) {
    const at = plot.left + plot.width * position(x, tick);
    surface.line([at, plot.top, at, bottom], { colour: palette.grid, width: 1 });
    surface.text(at, bottom + 14, x.format(tick), { ...small, anchor: "middle" });
  }
  surface.text(plot.left + plot.width / 2, bottom + 32, x.label, { ...small, anchor: "middle" });
};

export const ticksAcross = (width: number): number => Math.max(2, Math.floor(width / 80));
export const ticksDown = (height: number): number => Math.max(2, Math.floor(height / 34));
