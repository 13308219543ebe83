/**
 * Where a function on a grid crosses a level: segments by marching squares, as x, y, x, y, NaN, NaN, …,
 * in shares of the square. Values are those at cell centres, row by row from the top.
 */
export const contour = (p: ArrayLike<number>, resolution: number, level: number): number[] => {
  const segments: number[] = [];
  const place = (k: number): number => (k + 0.5) / resolution;
  for (let row = 0; row + 1 < resolution; row++) {
    for (let column = 0; column + 1 < resolution; column++) {
      const at = row * resolution + column;
      const [a, b, c, d] = [p[at]!, p[at + 1]!, p[at + resolution + 1]!, p[at + resolution]!];
      const kind = (a > level ? 8 : 0) + (b > level ? 4 : 0) + (c > level ? 2 : 0) + (d > level ? 1 : 0);
      if (kind === 0 || kind === 15) continue;
      const edges = {
        top: [column + between(a, b, level), row],
        right: [column + 1, row + between(b, c, level)],
        bottom: [column + between(d, c, level), row + 1],
        left: [column, row + between(a, d, level)],
      } as const;
      for (const [from, to] of CROSSED[kind]!) {
        segments.push(place(edges[from][0]), place(edges[from][1]));
        segments.push(place(edges[to][0]), place(edges[to][1]), Number.NaN, Number.NaN);
      }
    }
  }
  return segments;
};

const between = (from: number, to: number, level: number): number => (level - from) / (to - from);

type Edge = "top" | "right" | "bottom" | "left";

/** Edges that the line enters and leaves by; bits are the corners above the level, clockwise from top left. */
const CROSSED: Readonly<Record<number, readonly (readonly [Edge, Edge])[]>> = {
  1: [["left", "bottom"]],
  2: [["bottom", "right"]],
  3: [["left", "right"]],
  4: [["top", "right"]],
  5: [
    ["left", "top"],
    ["bottom", "right"],
  ],
  6: [["top", "bottom"]],
  7: [["left", "top"]],
  8: [["left", "top"]],
  9: [["top", "bottom"]],
  10: [
    ["left", "bottom"],
    ["top", "right"],
  ],
  11: [["top", "right"]],
  12: [["left", "right"]],
  13: [["bottom", "right"]],
  14: [["left", "bottom"]],
};
