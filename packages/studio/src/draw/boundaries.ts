import type { BoundaryChart, Tile, Window } from "../charts/chart.ts";
import { captionOf } from "../charts/table.ts";
import { contour } from "./contour.ts";
import { colourOf, type Palette } from "./palette.ts";
import { colouring, pixelsOf } from "./pixels.ts";
import type { Surface } from "./surface.ts";

const HEAD = 24;
const SIDE = 54;
const CAPTION = 20;
const GAP = 10;
/** Below a narrower tile there is room for its figure alone. */
const NOTED = 95;
/** The line that says what marks and line are. */
const KEY = 22;

/** Width and height of a tile, and of the whole, when the whole is `width` wide. */
export const boundaryLayout = (chart: BoundaryChart, width: number) => {
  const columns = Math.max(1, chart.heads.length);
  const named = chart.rows.some(({ name }) => name !== "");
  const side = named && width >= 520 ? SIDE : 0;
  const tile = Math.min(190, (width - side - GAP * (columns - 1)) / columns);
  const row = tile + CAPTION + 4;
  const used = side + columns * (tile + GAP) - GAP;
  return {
    tile,
    side,
    row,
    left: Math.max(0, (width - used) / 2),
    height: HEAD + row * chart.rows.length + KEY,
  };
};

/** Columns are initializations, rows seeds: what each network says of the plane, with the contour at ½. */
export const drawBoundaries = (
  surface: Surface,
  chart: BoundaryChart,
  width: number,
  palette: Palette,
  isolated: number | null,
): void => {
  const { tile, side, row, left: margin, height } = boundaryLayout(chart, width);
  const colours = colouring(palette, chart.points.classes);
  const left = (column: number): number => margin + side + column * (tile + GAP);
  chart.heads.forEach(({ series, look, label }, column) => {
    surface.text(left(column) + tile / 2, HEAD / 2, shortened(label, tile), {
      colour: colourOf(palette, look),
      size: 12.5,
      bold: true,
      anchor: "middle",
      opacity: isolated === null || isolated === series ? 1 : 0.3,
    });
  });
  const putPoints = surface.stamp(tile, tile, (on) => drawPoints(on, chart, 0, 0, tile, palette));
  chart.rows.forEach(({ name, tiles }, k) => {
    const top = HEAD + row * k;
    if (side > 0) {
      surface.text(margin + side - 10, top + tile / 2, name, {
        colour: palette.muted,
        size: 11,
        anchor: "end",
      });
    }
    tiles.forEach((one, column) => {
      const values = one.tile;
      const caption = tile < NOTED ? one.caption : captionOf(one);
      const x = left(column);
      surface.box(x, top, tile, tile, palette.paper);
      surface.clip(x, top, tile, tile, () => {
        if (values !== null) drawTile(surface, values, x, top, tile, palette, colours);
        putPoints(x, top);
      });
      const corners = [x, top, x + tile, top, x + tile, top + tile, x, top + tile, x, top];
      surface.line(corners, { colour: palette.muted, width: 1, opacity: 0.5 });
      const text = side > 0 || column > 0 || name === "" ? caption : `${name}: ${caption}`;
      surface.text(x + tile / 2, top + tile + 11, text, {
        colour: palette.muted,
        size: 11,
        anchor: "middle",
      });
    });
  });
  drawKey(surface, margin + side, height - 8, palette, chart.points.classes);
};

/** What the marks and the line are. */
const drawKey = (surface: Surface, x: number, y: number, palette: Palette, classes: number): void => {
  const style = { colour: palette.muted, size: 11 };
  const room = classes > 3 ? 30 : 62;
  for (let label = 0; label < classes; label++) {
    drawPoint(surface, label, x + 4 + room * label, y, 3, palette);
    surface.text(x + 12 + room * label, y, classes > 3 ? String(label) : `class ${label}`, style);
  }
  if (classes > 2) return;
  surface.line([x + 124, y, x + 142, y], { colour: palette.ink, width: 1.5 });
  surface.text(x + 148, y, "p = ½", style);
};

const drawTile = (
  surface: Surface,
  tile: Tile,
  x: number,
  y: number,
  size: number,
  palette: Palette,
  colours: ReturnType<typeof colouring>,
): void => {
  surface.image(x, y, size, size, pixelsOf(tile, colours));
  if (tile.classes > 2) return;
  const lines = contour(tile.p, tile.resolution, 0.5).map((value, i) => (i % 2 === 0 ? x : y) + size * value);
  surface.line(lines, { colour: palette.ink, width: 1.5 });
};

/** Training points, a mark and a colour a class. */
export const drawPoints = (
  surface: Surface,
  { points, window }: Pick<BoundaryChart, "points" | "window">,
  x: number,
  y: number,
  size: number,
  palette: Palette,
): void => {
  const radius = size < 110 ? 1.3 : 2;
  for (let s = 0; s < points.count; s++) {
    const [across, down] = placeIn(window, points.x[s]!, points.y[s]!);
    drawPoint(surface, points.label[s]!, x + size * across, y + size * down, radius, palette);
  }
};

const drawPoint = (
  surface: Surface,
  label: number,
  x: number,
  y: number,
  radius: number,
  { classes }: Palette,
): void => {
  // With more classes than colours, colours come again with other marks.
  const shape = CLASS_MARKS[(label + Math.floor(label / classes.length)) % CLASS_MARKS.length]!;
  surface.mark(shape, x, y, shape === 0 ? radius : 1.15 * radius, {
    fill: classes[label % classes.length]!.point,
    stroke: null,
    opacity: 0.85,
  });
};

/** Circle, triangle, square, diamond, triangle on its head, bar. */
const CLASS_MARKS = [0, 2, 1, 3, 4, 5];

/** Across from the left and down from the top, as shares of the window. */
export const placeIn = ({ x, y }: Window, px: number, py: number): [number, number] => [
  (px - x[0]) / (x[1] - x[0]),
  1 - (py - y[0]) / (y[1] - y[0]),
];

const shortened = (label: string, width: number): string => {
  const most = Math.max(4, Math.floor(width / 6.6));
  const name = label.length <= most ? label : label.replace(/ at [^ ]+$/, "");
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
};
