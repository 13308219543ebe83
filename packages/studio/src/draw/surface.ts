/** What charts are drawn on: the screen's canvas, or an SVG. Lengths are CSS pixels, y downwards. */
export interface Surface {
  /** A polyline through x, y, x, y, …; where a number is NaN it begins again. */
  line(points: ArrayLike<number>, stroke: Stroke): void;
  /** A closed area through x, y, …. */
  area(points: ArrayLike<number>, fill: string, opacity: number): void;
  box(x: number, y: number, width: number, height: number, fill: string): void;
  mark(shape: number, x: number, y: number, radius: number, paint: Paint): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
  /** RGBA pixels, row by row, stretched over a box. */
  image(x: number, y: number, width: number, height: number, pixels: Pixels): void;
  /** Draws something once; what comes back puts it wherever its upper left corner is to be. */
  stamp(width: number, height: number, draw: (on: Surface) => void): (x: number, y: number) => void;
  /** Whatever is drawn meanwhile ends at a box. */
  clip(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface Paint {
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly opacity?: number;
}

export interface TextStyle {
  readonly colour: string;
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  /** Written upwards. */
  readonly upright?: boolean;
  readonly opacity?: number;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Outlines of the series' marks around the origin, at radius 1: circle, square, triangle, diamond, triangle on its head, bar. */
export const MARKS: readonly (readonly number[])[] = [
  Array.from({ length: 48 }, (_, i) =>
    i % 2 === 0 ? Math.cos((i / 48) * 2 * Math.PI) : Math.sin(((i - 1) / 48) * 2 * Math.PI),
  ),
  [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  [0, -1.1, 1, 0.75, -1, 0.75],
  [0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0],
  [0, 1.1, 1, -0.75, -1, -0.75],
  [-1.1, -0.5, 1.1, -0.5, 1.1, 0.5, -1.1, 0.5],
];

/** The index of the mark for what ended: a cross, which is no series' mark. */
export const CROSS = MARKS.length;

/** Of each index of a mark. */
export const OUTLINES: readonly (readonly number[])[] = [
  ...MARKS,
  [-1, -0.6, -0.6, -1, 0, -0.4, 0.6, -1, 1, -0.6, 0.4, 0, 1, 0.6, 0.6, 1, 0, 0.4, -0.6, 1, -1, 0.6, -0.4, 0],
];

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
