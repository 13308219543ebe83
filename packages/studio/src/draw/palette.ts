/** Colours of a chart, as the page's style sheet has them for light, dark and forced colours. */
export interface Palette {
  readonly series: readonly string[];
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  /** Of the classes, none of them a series' own: the area where one is likeliest, and its points. */
  readonly classes: readonly Class[];
}

export interface Class {
  readonly area: string;
  readonly point: string;
}

export const SERIES = 6;
const CLASSES = 6;

/** Colour is never alone: every series has a dash and a mark of its own too. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [5, 2, 1, 2],
];

/** From the seventh look on, colours come again with other dashes and marks. */
const round = (look: number): number => Math.floor(look / SERIES);

export const colourOf = ({ series }: Palette, look: number): string => series[look % series.length]!;
export const dashOf = (look: number): readonly number[] => DASHES[(look + 2 * round(look)) % DASHES.length]!;
export const markOf = (look: number): number => (look + round(look)) % SERIES;

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
    classes: Array.from({ length: CLASSES }, (_, i) => ({
      area: colour(`class-${i}-area`),
      point: colour(`class-${i}-point`),
    })),
  };
};
