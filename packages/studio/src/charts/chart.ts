/** Charts as plain data: drawn on the screen, written as SVG, table and CSV, and told in a sentence. */

export interface Axis {
  readonly label: string;
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
  format(value: number): string;
  /** Given ones, in place of round numbers. */
  readonly ticks?: readonly number[];
  /** Of a log axis: where 0 is shown, below a break. */
  readonly zero?: Beyond;
  /** Where `Infinity`, never, is shown, above a break. */
  readonly never?: Beyond;
}

/** A row of its own for what has no place on an axis: the value that stands for it, and where the axis is broken. */
export interface Beyond {
  readonly at: number;
  readonly cut: number;
}

/** An initialization in a chart. */
export interface Series {
  /** Its index. */
  readonly series: number;
  /** Its colour, dash and mark: those that it has on every screen. */
  readonly look: number;
}

/** A line of a chart: one initialization's. */
export interface Curve extends Series {
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
export interface Cross extends Series {
  readonly x: number;
  readonly y: number;
}

interface Told {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is to be seen. Initializations stand `between backticks`. */
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
  /** Points of x are things with names, not numbers. */
  readonly named: boolean;
  /** Further columns of its CSV. */
  readonly more: readonly { readonly head: string; readonly values: ArrayLike<number> }[];
}

/** What became of a run: columns of a CSV. */
export interface Fate {
  readonly reached: boolean;
  /** Steps to the target; `Infinity` for never. */
  readonly stepsToTarget: number;
  /** The step at which it stopped being finite. */
  readonly divergedAt: number | null;
}

export interface DotColumn extends Series {
  readonly label: string;
  readonly dots: readonly (Fate & {
    readonly seed: number;
    readonly value: number;
    readonly picked: boolean;
  })[];
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

export interface BoundaryTile {
  readonly tile: Tile | null;
  readonly caption: string;
  /** `reached`, `lost again` or nothing: where it is to the target. */
  readonly note: string;
  /** Training accuracy, or loss where there is none, of the network as it is shown; NaN where there is no run. */
  readonly value: number;
  /** `null` where there is no run. */
  readonly fate: Fate | null;
}

export interface BoundaryChart extends Told {
  readonly kind: "boundaries";
  readonly heads: readonly (Series & { readonly label: string })[];
  readonly rows: readonly {
    /** Beside its tiles; empty where there is one row. */
    readonly name: string;
    /** Of the rows of its CSV. */
    readonly key: string;
    readonly tiles: readonly BoundaryTile[];
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
