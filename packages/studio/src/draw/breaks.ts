import type { Axis } from "../charts/chart.ts";
import { position } from "../charts/scale.ts";
import type { Palette } from "./palette.ts";
import type { Plot } from "./plot.ts";
import type { Surface } from "./surface.ts";

/** Half the length of a slash, and half the distance of two. */
const [REACH, GAP] = [4, 2];

/** Where an axis is broken for 0 or for never: a dotted line across, and two slashes on the axis. */
export const drawBreaks = (
  surface: Surface,
  { x, y }: { readonly x: Axis | null; readonly y: Axis },
  { left, top, width, height }: Plot,
  palette: Palette,
): void => {
  const dots = { colour: palette.muted, width: 1, dash: [1, 4], opacity: 0.7 };
  const slash = { colour: palette.muted, width: 1.2 };
  for (const cut of cutsOf(y)) {
    const at = top + height * (1 - position(y, cut));
    surface.line([left, at, left + width, at], dots);
    for (const aside of [-GAP, GAP]) {
      surface.line([left - REACH, at + aside + 2, left + REACH, at + aside - 2], slash);
    }
  }
  if (x === null) return;
  const bottom = top + height;
  for (const cut of cutsOf(x)) {
    const at = left + width * position(x, cut);
    surface.line([at, top, at, bottom], dots);
    for (const aside of [-GAP, GAP]) {
      surface.line([at + aside - 2, bottom + REACH, at + aside + 2, bottom - REACH], slash);
    }
  }
};

const cutsOf = ({ zero, never }: Axis): number[] =>
  [zero, never].flatMap((row) => (row === undefined ? [] : [row.cut]));
