import { statSync } from "node:fs";
import { type ColumnBuilder, columnBuilder, InputError, type Table } from "@stepzero/core";
import { decode } from "./decode.ts";
import { fileChunks } from "./file-chunks.ts";
import { type DialectOptions, type FoundDialect, findDialect } from "./find-dialect.ts";
import { findHeader, type SampleRow } from "./find-header.ts";
import { type Row, scan } from "./scan.ts";

export type { DialectOptions } from "./find-dialect.ts";

/** Bytes and records by which dialect and header are found. */
const SAMPLE_BYTES = 1 << 18;
const SAMPLE_ROWS = 200;
const MOST_SAMPLE_BYTES = 16 << 20;
/** Cells of the largest table: 8 bytes each. */
const MOST_CELLS = 250_000_000;

/** A table from a text file. */
export const readTable = (path: string, options: DialectOptions = {}): Table =>
  tableFrom(path, fileChunks(path), options, sizeOf(path));

/** Bytes of a regular file; 0 where that is not known. */
const sizeOf = (path: string): number => {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : 0;
  } catch {
    return 0;
  }
};

/** The same of bytes that come in pieces, `size` in all if known; `name` stands for the file in messages. */
export const tableFrom = (
  name: string,
  bytes: Iterable<Buffer>,
  options: DialectOptions = {},
  size = 0,
): Table => {
  const { chunks, notes: encodingNotes } = decode(name, bytes);
  const { head, cut } = firstOf(chunks);
  const start = head.toString();
  if (start.trim() === "") throw new InputError(name, "expected a header and rows, got an empty file");
  const dialect = findDialect(name, start, cut, options);
  const sample = sampleOf(name, head, cut, dialect);
  const header = findHeader(name, sample, options.header, dialect.header, dialect.decimal);
  const expected = rowsExpected(head, size, header.names.length);
  const builders = header.names.map((title, c) =>
    columnBuilder(title === "" ? `column ${c + 1}` : title, title !== "", expected),
  );
  const { rows, lineOf, comments } = fill(name, prepended(head, chunks), dialect, header.inFile, builders);
  const notes = [...encodingNotes(), ...dialect.notes, ...header.notes];
  if (comments > 0)
    notes.push(
      `${comments} line${comments === 1 ? "" : "s"} that begin${comments === 1 ? "s" : ""} with "${dialect.comment}" ${comments === 1 ? "is" : "are"} left out.`,
    );
  return {
    name,
    columns: builders.map((builder) => builder.finish()),
    rows,
    header: options.header !== false,
    lineOf,
    decimal: dialect.decimal,
    notes,
    comments: comments + dialect.commentsAbove,
  };
};

/** How much longer than its first lines the rest of a file may be on average, before columns are copied. */
const SPARE = 1.1;

/** About how many rows a file has, by the lines that it begins with. */
const rowsExpected = (head: Buffer, size: number, width: number): number => {
  let lines = 1;
  for (let at = head.indexOf(10); at >= 0; at = head.indexOf(10, at + 1)) lines++;
  return Math.min(Math.ceil((SPARE * size * lines) / head.length), Math.floor(MOST_CELLS / width));
};

/** The first bytes: enough for the sample, and for a few lines where lines are long. */
const firstOf = (chunks: Generator<Buffer, void>): { readonly head: Buffer; readonly cut: boolean } => {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < SAMPLE_BYTES || (head.length < MOST_SAMPLE_BYTES && !hasLines(head))) {
    const { value, done } = chunks.next();
    if (done === true) return { head, cut: false };
    head = Buffer.concat([head, value]);
  }
  return { head, cut: true };
};

const hasLines = (bytes: Buffer): boolean => {
  let at = -1;
  for (let line = 0; line < 4; line++) {
    const [lf, cr] = [bytes.indexOf("\n", at + 1), bytes.indexOf("\r", at + 1)];
    if (lf < 0 && cr < 0) return false;
    at = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
  }
  return true;
};

function* prepended(head: Buffer, chunks: Generator<Buffer, void>): Generator<Buffer, void> {
  yield head;
  yield* chunks;
}

const sampleOf = (name: string, head: Buffer, cut: boolean, dialect: FoundDialect): SampleRow[] => {
  const rows: SampleRow[] = [];
  scan(name, [head], { dialect, skip: dialect.skip, raw: true, cut }, ({ texts, cells, line }) => {
    rows.push({ cells: texts.slice(0, cells) as string[], line });
    return rows.length < SAMPLE_ROWS;
  });
  return rows;
};

/** Reads all rows into the columns. */
const fill = (
  name: string,
  chunks: Iterable<Buffer>,
  dialect: FoundDialect,
  hasHeader: boolean,
  builders: readonly ColumnBuilder[],
) => {
  const width = builders.length;
  const lines = lineNumbers();
  let rows = 0;
  let header = hasHeader;
  const comments = scan(name, chunks, { dialect, skip: dialect.skip }, (row) => {
    if (header) {
      header = false;
      return true;
    }
    if (row.cells !== width) refuseRagged(name, row, width);
    for (let c = 0; c < width; c++) {
      const text = row.texts[c]!;
      if (text === null) builders[c]!.number(row.numbers[c]!);
      else builders[c]!.text(text);
    }
    lines.add(rows++, row.line);
    if (rows * width > MOST_CELLS) {
      throw new InputError(
        name,
        `expected at most ${MOST_CELLS.toLocaleString("en-US")} cells, got more`,
        "Take a part of the rows.",
      );
    }
    return true;
  });
  return { rows, lineOf: lines.lineOf, comments };
};

/** Lines of rows; only where their distance changes is anything kept. */
const lineNumbers = () => {
  const changes: { readonly row: number; readonly offset: number }[] = [];
  let offset = Number.NaN;
  return {
    add(row: number, line: number): void {
      if (line - row === offset) return;
      offset = line - row;
      changes.push({ row, offset });
    },
    lineOf: (row: number): number => row + (changes.findLast((change) => change.row <= row)?.offset ?? 1),
  };
};

const refuseRagged = (name: string, { cells, texts, numbers, line }: Row, width: number): never => {
  const first = texts[0] ?? String(numbers[0]);
  const begins = first.split(/\s/)[0]!.slice(0, 20);
  const comment = /^(?:[#%!*;]|\/\/|--)/.exec(first)?.[0] ?? begins;
  const fix =
    cells === 1 || /^(?:[#%!*;]|\/\/|--)/.test(first)
      ? `If some lines are not rows, --comment ${JSON.stringify(comment)} leaves out all that begin with it.`
      : cells > width
        ? "A field that holds the delimiter needs quotes, as a number with a decimal comma does among commas."
        : "Write an empty field for a missing value.";
  throw new InputError(
    `${name}:${line}:${Math.min(cells, width) + 1}`,
    `expected ${width} field${width === 1 ? "" : "s"} as in the header, got ${cells}, beginning with ${JSON.stringify(first.slice(0, 40))}`,
    fix,
  );
};
