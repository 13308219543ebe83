/** Charts as plain data: drawn on the screen, written as SVG, table and CSV, and told in a sentence. */

export interface Axis {
  readonly label: string;
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
  format(value: number): string;
  /** Given ones, in place of round numbers. */
  readonly ticks?: readonly number[];
}

/** A line of a chart: one initialization's. */
export interface Curve {
  /** Index of the initialization: its colour, dash and mark. */
  readonly series: number;
  readonly label: string;
  readonly y: ArrayLike<number>;
  readonly band: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> } | null;
  /** Single runs, drawn faintly, as far as they came. */
  readonly runs: readonly {
    readonly logged: number;
    readonly values: ArrayLike<number>;
    /** It was picked out. */
    readonly picked: boolean;
  }[];
}

/** A run that stopped being finite. */
export interface Cross {
  readonly series: number;
  readonly x: number;
  readonly y: number;
}

interface Told {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is to be seen. */
  readonly summary: string;
  /** Of its table. */
  readonly columns: readonly string[];
}

export interface LineChart extends Told {
  readonly kind: "lines";
  readonly x: Axis;
  readonly y: Axis;
  readonly xs: ArrayLike<number>;
  readonly curves: readonly Curve[];
  /** A mark at every point, where points are few. */
  readonly marked: boolean;
  /** A value holds until the next point. */
  readonly stepped: boolean;
  readonly crosses: readonly Cross[];
  readonly guide: { readonly y: number; readonly label: string } | null;
  /** Under the cursor of all charts over steps; not drawn where x is not the step. */
  readonly overSteps: boolean;
}

export interface DotColumn {
  readonly series: number;
  readonly label: string;
  readonly dots: readonly {
    readonly seed: number;
    readonly value: number;
    readonly diverged: boolean;
    readonly picked: boolean;
  }[];
}

export interface DotChart extends Told {
  readonly kind: "dots";
  readonly y: Axis;
  readonly dots: readonly DotColumn[];
  readonly guide: { readonly y: number; readonly label: string } | null;
}

/** What one network says of the plane, row by row from the top: of two classes p of class 1, of more the likeliest. */
export interface Tile {
  readonly resolution: number;
  readonly classes: number;
  readonly p: ArrayLike<number>;
}

export interface BoundaryChart extends Told {
  readonly kind: "boundaries";
  readonly heads: readonly { readonly series: number; readonly label: string }[];
  readonly rows: readonly {
    readonly name: string;
    readonly tiles: readonly { readonly tile: Tile | null; readonly caption: string }[];
  }[];
  readonly points: Points;
  readonly window: Window;
}

/** Points of the plane with their class, one after another. */
export interface Points {
  readonly count: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly label: ArrayLike<number>;
  readonly classes: number;
}

export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export type Chart = LineChart | DotChart | BoundaryChart;
