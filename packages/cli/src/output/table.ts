import { stripVTControlCharacters, styleText } from "node:util";
import { bounded, printable } from "@stepzero/core";
import Table from "cli-table3";
import { colour } from "./colour.ts";
import { columns } from "./width.ts";

export type Format = "table" | "markdown" | "csv";
export const FORMATS = ["table", "markdown", "csv"] as const;

/** Characters of a cell that are shown at most. */
const LONGEST_CELL = 300;
/** Rows that are shown at most: drawing takes time by their square. The first ones, and the last. */
const MOST_ROWS = 400;
const LAST_ROWS = 50;

/** A line in bold. */
export const bold = (line: string): string => styled("bold", line);
export const dim = (line: string): string => styled("dim", line);

const styled = (style: "bold" | "dim", line: string): string => {
  const text = printable(line);
  return colour() ? styleText(style, text) : text;
};

/** Rows under a head, as a terminal's table, Markdown or CSV; a list of records where the terminal is too narrow. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  format: Format = "table",
): string => {
  switch (format) {
    case "markdown": {
      const line = (cells: readonly string[]) =>
        `| ${cells.map((cell) => printable(cell).replaceAll("|", "\\|")).join(" | ")} |`;
      return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
    }
    case "csv": {
      const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      return [head, ...rows].map((row) => row.map(cell).join(",")).join("\n");
    }
    default: {
      const shown = fewer(rows).map((row) => row.map((cell) => printable(bounded(cell, LONGEST_CELL))));
      const text = drawn(head, shown);
      const width = Math.max(...text.split("\n").map((line) => stripVTControlCharacters(line).length));
      return width <= columns() ? text : records(head, shown);
    }
  }
};

/** All rows, or the first and the last with a row between them that says how many are left out. */
const fewer = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const left = rows.length - MOST_ROWS;
  if (left <= 1) return rows;
  const more = [`… ${left.toLocaleString("en-US")} more`, ...(rows[0] ?? []).slice(1).map(() => "")];
  return [...rows.slice(0, MOST_ROWS - LAST_ROWS), more, ...rows.slice(-LAST_ROWS)];
};

const drawn = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const one = new Table({
    head: head.map(bold),
    style: { head: [], border: colour() ? ["gray"] : [], compact: true },
  });
  one.push(...rows.map((row) => [...row]));
  return one.toString();
};

/** Each row as lines: its first cell, then what each other column says of it. */
const records = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows
    .map(([first = "", ...rest]) =>
      [
        bold(first),
        ...rest.flatMap((cell, i) => {
          const name = head[i + 1] ?? "";
          return cell === "" ? [] : [name === "" ? `  ${cell}` : `  ${name}: ${cell}`];
        }),
      ].join("\n"),
    )
    .join("\n\n");
