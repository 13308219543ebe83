import { KIND, optionsOf } from "../../base/index.ts";
import { columnBuilder } from "./column-builder.ts";
import { readNumber } from "./read-number.ts";
import type { Table, TableText } from "./table.ts";

const isRows = (value: unknown): boolean => Array.isArray(value) && value.every(KIND.texts.holds);

/** Rows of text as columns. */
export const tableOf = (text: TableText): Table => {
  const { name, header, rows, lines } = optionsOf("tableDataset", text, {
    name: KIND.text,
    header: KIND.texts,
    rows: { words: "a list of lists of texts", holds: isRows },
    lines: KIND.numbers,
  });
  return {
    name,
    columns: header.map((title, c) => {
      const builder = columnBuilder(title === "" ? `column ${c + 1}` : title, title !== "");
      for (const row of rows) {
        const cell = (row[c] ?? "").trim();
        const value = readNumber(cell);
        if (value === null) builder.text(cell);
        else builder.number(value);
      }
      return builder.finish();
    }),
    rows: rows.length,
    header: true,
    lineOf: (row) => lines[row]!,
    decimal: ".",
    notes: [],
  };
};
