import type { BoundaryChart, BoundaryTile, Chart, DotChart, Fate, LineChart } from "./chart.ts";

/** What a chart shows, in rows: its twin for readers who want numbers. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table of a chart; a long one is thinned to about `most` rows, the last among them. */
export const tableOf = (chart: Chart, most = 16): Table => ({
  head: chart.columns,
  rows: thinned(rowsOf(chart), most),
});

/** Every point in raw numbers, with quartiles where there are any, for spreadsheets; what is not there is an empty cell. */
export const csvOf = (chart: Chart): string => {
  switch (chart.kind) {
    case "lines":
      return csv(lineCells(chart));
    case "dots":
      return csv(dotCells(chart));
    case "boundaries":
      return csv(tileCells(chart));
  }
};

const lineCells = ({ columns, curves, xs, x, named, more }: LineChart): string[][] => {
  const parts = curves.flatMap(({ label, y, band }) => [
    { head: label, values: y },
    ...(band === null
      ? []
      : [
          { head: `${label} lower quartile`, values: band.low },
          { head: `${label} upper quartile`, values: band.high },
        ]),
  ]);
  const all = [...parts, ...more];
  return [
    [columns[0]!, ...all.map(({ head }) => head)],
    ...Array.from(xs, (at, k) => [
      named ? x.format(at) : raw(at),
      ...all.map(({ values }) => raw(values[k])),
    ]),
  ];
};

const dotCells = (chart: DotChart): string[][] => {
  const rows = seedsOf(chart).map((seed) => ({
    key: String(seed),
    cells: chart.dots.map(({ dots }) => {
      const dot = dots.find((one) => one.seed === seed);
      return { value: dot?.value, fate: dot ?? null };
    }),
  }));
  return fateCells(chart.columns, rows);
};

const tileCells = ({ columns, rows }: BoundaryChart): string[][] =>
  fateCells(
    columns,
    rows.map(({ key, tiles }) => ({ key, cells: tiles })),
  );

interface FateRow {
  readonly key: string;
  readonly cells: readonly { readonly value?: number | undefined; readonly fate: Fate | null }[];
}

/** First what each run came to, then whether and when it reached the target, and where it diverged. */
const fateCells = ([first, ...labels]: readonly string[], rows: readonly FateRow[]): string[][] => {
  const head = ["", " reached", " steps to the target", " diverged at step"];
  const columns = head.flatMap((what) => labels.map((label) => label + what));
  return [
    [first!, ...columns],
    ...rows.map(({ key, cells }) => [
      key,
      ...cells.map(({ value }) => raw(value)),
      ...cells.map(({ fate }) => (fate === null ? "" : fate.reached ? "1" : "0")),
      ...cells.map(({ fate }) => raw(fate?.stepsToTarget)),
      ...cells.map(({ fate }) => raw(fate?.divergedAt ?? undefined)),
    ]),
  ];
};

/** The number in full; of one that is a float32 as few digits as name it. */
const raw = (value: number | undefined): string => {
  if (value === undefined || !Number.isFinite(value)) return "";
  if (Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
};

/** `99 %, reached` */
export const captionOf = ({ caption, note }: BoundaryTile): string =>
  note === "" ? caption : `${caption}, ${note}`;

const seedsOf = ({ dots }: DotChart): number[] =>
  [...new Set(dots.flatMap((column) => column.dots.map(({ seed }) => seed)))].sort((a, b) => a - b);

const rowsOf = (chart: Chart): string[][] => {
  switch (chart.kind) {
    case "lines": {
      const rows = Array.from(chart.xs, (x, k) => {
        const values = chart.curves.map(({ y }) => y[k] ?? Number.NaN);
        return {
          cells: [chart.x.format(x), ...values.map((value) => chart.y.format(value))],
          empty: values.every((value) => Number.isNaN(value)),
        };
      });
      return rows.flatMap(({ cells, empty }) => (empty ? [] : [cells]));
    }
    case "dots":
      return seedsOf(chart).map((seed) => [
        String(seed),
        ...chart.dots.map(({ dots }) => {
          const dot = dots.find((one) => one.seed === seed);
          if (dot === undefined) return "–";
          return `${chart.y.format(dot.value)}${dot.divergedAt === null ? "" : " (diverged)"}`;
        }),
      ]);
    case "boundaries":
      return chart.rows.map(({ name, tiles }) => [name, ...tiles.map((tile) => captionOf(tile) || "–")]);
  }
};

const thinned = <T>(rows: readonly T[], most: number): T[] =>
  rows.length <= most
    ? [...rows]
    : Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]!);

/** RFC 4180: a cell with a comma, a quote or a line end is quoted. */
const csv = (rows: readonly (readonly string[])[]): string =>
  `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
