import type { Tile } from "../charts/chart.ts";
import type { Palette } from "./palette.ts";
import type { Pixels } from "./surface.ts";

type Rgb = readonly [number, number, number];

/** From a probability to a colour: one class's, through the paper at ½, to the other's. */
export const mixer = ({ classes, paper }: Palette): ((p: number) => Rgb) => {
  const [zero, middle, one] = [rgb(classes[0]!.area), rgb(paper), rgb(classes[1]!.area)];
  return (p) => {
    const share = Math.min(1, Math.abs(2 * p - 1));
    const to = p < 0.5 ? zero : one;
    return mixed(middle, to, share);
  };
};

/** From what a network says to a colour: of two classes by probability, of more the likeliest one's. */
export const colouring = (palette: Palette, count: number): ((value: number) => Rgb) => {
  if (count <= 2) return mixer(palette);
  const areas = palette.classes.map(({ area }) => rgb(area));
  return (value) => areas[Math.round(value) % areas.length]!;
};

const mixed = (from: Rgb, to: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => from[i]! + share * (to[i]! - from[i]!)) as unknown as Rgb;

/** Of `#rrggbb` or `#rgb`; any other colour, as a system colour is, is taken as a middle grey. */
const rgb = (colour: string): Rgb => {
  const digits = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour)?.[1];
  if (digits === undefined) return [128, 128, 128];
  const size = digits.length / 3;
  return [0, 1, 2].map((i) => {
    const part = digits.slice(size * i, size * (i + 1));
    return Number.parseInt(size === 1 ? part + part : part, 16);
  }) as unknown as Rgb;
};

const known = new WeakMap<Tile, { readonly colours: string; readonly pixels: Pixels }>();

/** A tile in colours; where the network's answer is not a number the pixel is left clear. */
export const pixelsOf = (tile: Tile, colours: (p: number) => Rgb): Pixels => {
  const key = [0, 0.5, 1, 2].map((p) => colours(p).join()).join();
  const before = known.get(tile);
  if (before?.colours === key) return before.pixels;
  const { resolution, p } = tile;
  const data = new Uint8ClampedArray(4 * resolution * resolution);
  for (let k = 0; k < resolution * resolution; k++) {
    const value = p[k]!;
    if (!(value >= 0 && value < tile.classes)) continue;
    const [r, g, b] = colours(value);
    data[4 * k] = r;
    data[4 * k + 1] = g;
    data[4 * k + 2] = b;
    data[4 * k + 3] = 255;
  }
  const pixels = { width: resolution, height: resolution, data };
  known.set(tile, { colours: key, pixels });
  return pixels;
};
