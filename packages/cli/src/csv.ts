import { type Dataset, InputError, plural, type TableOptions, tableDataset } from "@stepzero/core";
import { CsvError, parse } from "csv-parse/sync";
import { readText } from "./files.ts";

export interface CsvOptions extends TableOptions {
  /** Guessed from the header unless said. */
  readonly delimiter?: string;
}

const DELIMITERS = [",", ";", "\t", "|"];

/** A data set from a CSV file with a header. */
export const readCsv = (path: string, options: CsvOptions): Dataset =>
  csvDataset(path, readText(path), options);

/** The same of text; `name` stands for the file in messages. */
export const csvDataset = (
  name: string,
  text: string,
  { delimiter, ...options }: CsvOptions = {},
): Dataset => {
  if (text.includes("\0")) throw new InputError(name, "expected text, got a binary file");
  if (text.trim() === "") throw new InputError(name, "expected a header and rows, got an empty file");
  const records = recordsOf(name, text, delimiter ?? guess(text));
  const [header, ...rows] = records;
  if (header === undefined) throw new InputError(name, "expected a header and rows, got an empty file");
  const names = header.record.map((cell) => cell.trim());
  const twice = names.find((cell, i) => names.indexOf(cell) !== i);
  if (twice !== undefined)
    throw new InputError(`${name}:1`, `expected different columns, got "${twice}" twice`);
  for (const { record, line } of rows) {
    if (record.length !== names.length) {
      throw new InputError(
        `${name}:${line}:${Math.min(record.length, names.length) + 1}`,
        `expected ${names.length} ${plural(names.length, "field")} as in the header, got ${record.length}`,
      );
    }
  }
  return tableDataset(
    { name, header: names, rows: rows.map(({ record }) => record), lines: rows.map(({ line }) => line) },
    options,
  );
};

interface Row {
  readonly record: string[];
  readonly line: number;
}

const recordsOf = (name: string, text: string, delimiter: string): Row[] => {
  try {
    const parsed = parse(text, {
      delimiter,
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, column } = error as CsvError & { lines?: number; column?: number };
    const where =
      lines === undefined ? name : `${name}:${lines}${typeof column === "number" ? `:${column + 1}` : ""}`;
    throw new InputError(
      where,
      error.message.replace(/\.$/, ""),
      "Quote fields that hold quotes, and double those within.",
    );
  }
};

/** The delimiter that is most frequent in the header, outside quotes. */
const guess = (text: string): string => {
  const header = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
  const bare = header.replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((one) => bare.split(one).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
};
