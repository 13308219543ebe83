/** Colours of a chart, as the page's style sheet has them for light, dark and forced colours. */
export interface Palette {
  readonly series: readonly string[];
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  /** Of the two classes: the area where one is likelier, and its points. */
  readonly classes: readonly [Class, Class];
}

export interface Class {
  readonly area: string;
  readonly point: string;
}

export const SERIES = 6;

/** Colour is never alone: every series has a dash and a mark of its own too. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [5, 2, 1, 2],
];

export const dashOf = (series: number): readonly number[] => DASHES[series % DASHES.length]!;

/** The palette that an element is shown in. */
export const paletteOf = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    series: Array.from({ length: SERIES }, (_, i) => colour(`series-${i + 1}`)),
    ink: colour("ink"),
    muted: colour("muted"),
    grid: colour("grid"),
    paper: colour("paper"),
    classes: [
      { area: colour("class-0-area"), point: colour("class-0-point") },
      { area: colour("class-1-area"), point: colour("class-1-point") },
    ],
  };
};
