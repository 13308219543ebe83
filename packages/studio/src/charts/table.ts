import type { Chart } from "./chart.ts";
import { figure } from "./words.ts";

/** What a chart shows, in rows: its twin for whoever reads rather than looks. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table of a chart; a long one is thinned to about `most` rows, the last among them. */
export const tableOf = (chart: Chart, most = 16): Table => ({
  head: chart.columns,
  rows: thinned(rowsOf(chart), most),
});

/** Every point, with quartiles where there are any, for spreadsheets. */
export const csvOf = (chart: Chart): string => {
  if (chart.kind !== "lines") return csv([chart.columns, ...rowsOf(chart)]);
  const head = chart.curves.flatMap(({ label, band }) =>
    band === null ? [label] : [label, `${label} lower quartile`, `${label} upper quartile`],
  );
  const rows = Array.from(chart.xs, (x, k) => [
    chart.id === "activations" || chart.id === "gradients" ? chart.x.format(x) : String(x),
    ...chart.curves.flatMap(({ y, band }) =>
      (band === null ? [y] : [y, band.low, band.high]).map((column) => plain(column[k]!)),
    ),
  ]);
  return csv([[chart.columns[0]!, ...head], ...rows]);
};

const plain = (value: number): string => (Number.isNaN(value) || value === undefined ? "" : String(value));

const rowsOf = (chart: Chart): string[][] => {
  switch (chart.kind) {
    case "lines": {
      const rows = Array.from(chart.xs, (x, k) => {
        const values = chart.curves.map(({ y }) => y[k] ?? Number.NaN);
        const write = chart.y.log && chart.id !== "rates" ? figure : chart.y.format;
        return {
          cells: [chart.x.format(x), ...values.map((value) => write(value))],
          empty: values.every((value) => Number.isNaN(value)),
        };
      });
      return rows.flatMap(({ cells, empty }) => (empty ? [] : [cells]));
    }
    case "dots": {
      const seeds = [...new Set(chart.dots.flatMap(({ dots }) => dots.map(({ seed }) => seed)))].sort(
        (a, b) => a - b,
      );
      return seeds.map((seed) => [
        String(seed),
        ...chart.dots.map(({ dots }) => {
          const dot = dots.find((one) => one.seed === seed);
          return dot === undefined ? "–" : `${chart.y.format(dot.value)}${dot.diverged ? " (diverged)" : ""}`;
        }),
      ]);
    }
    case "boundaries":
      return chart.rows.map(({ name, tiles }) => [name, ...tiles.map(({ caption }) => caption || "–")]);
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
