import { checkKind, InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { key } from "../random/index.ts";
import type { Dataset, Split, Task } from "./dataset.ts";

/** Rows of text under a header, as a parser of CSV gives them. */
export interface TableText {
  /** The file, as messages name it. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file, from 1. */
  readonly lines: readonly number[];
}

export interface TableOptions {
  /** Column of the label, the last unless said. */
  readonly label?: string;
  /** Share of the rows that test, drawn by the seed; 0 for none. */
  readonly testFraction?: number;
  readonly seed?: number;
  /** Subtract the training part's mean of each feature and divide by its standard deviation. */
  readonly standardize?: boolean;
  /** Found from the label unless said: fractions, or more than 20 different numbers, are regression. */
  readonly task?: "classes" | "regression";
}

const MOST_CLASSES = 20;

const isRows = (value: unknown): boolean => Array.isArray(value) && value.every(KIND.texts.holds);

const TABLE: KindsOf<TableText> = {
  name: KIND.text,
  header: KIND.texts,
  rows: { words: "a list of lists of texts", holds: isRows },
  lines: KIND.numbers,
};

/**
 * A data set from a table: every column but the label is a feature. Classes are the label's values in
 * order (of numbers, or of letters). For regression the label is standardised with the features.
 *
 * ```ts
 * const rows = [["1", "a"], ["2", "b"], ["3", "a"], ["4", "b"]];
 * const data = tableDataset({ name: "x.csv", header: ["size", "kind"], rows, lines: [2, 3, 4, 5] }, { testFraction: 0.25 });
 * [data.task, data.features, data.train.count, data.test?.count]; // ["binary", 1, 3, 1]
 * ```
 */
export const tableDataset = (table: TableText, options: TableOptions = {}): Dataset => {
  const {
    testFraction = 0.25,
    seed = 1,
    standardize = true,
  } = optionsOf("tableDataset", options, {
    label: KIND.text,
    testFraction: KIND.number,
    seed: KIND.number,
    standardize: KIND.flag,
    task: KIND.text,
  });
  optionsOf("tableDataset", table, TABLE);
  for (const [part, kind] of Object.entries(TABLE)) {
    checkKind("tableDataset", `the table's ${part}`, table[part as keyof TableText], kind);
  }
  if (!(testFraction >= 0 && testFraction < 1)) {
    throw new InputError("testFraction", `expected a share from 0 to below 1, got ${testFraction}`);
  }
  const label = labelColumn(table, options.label);
  const { y, classes, task } = labels(table, label, options.task);
  const features = table.header.flatMap((_, column) =>
    column === label ? [] : [table.rows.map((_row, r) => numberAt(table, r, column))],
  );
  const count = table.rows.length;
  const tests = Math.round(count * testFraction);
  if (count - tests < 1) throw new InputError(table.name, "expected at least one row to train on");
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  key(seed, "data", "split").shuffle(order);
  const [testRows, trainRows] = [order.slice(0, tests), order.slice(tests)];
  const columns = standardize ? features.map((column) => standardized(column, trainRows)) : features;
  const target = standardize && task === "regression" ? standardized(y, trainRows) : y;
  const split = (rows: Uint32Array): Split => ({
    count: rows.length,
    x: Float64Array.from(columns.flatMap((column) => Array.from(rows, (row) => column[row]!))),
    y: Float64Array.from(rows, (row) => target[row]!),
  });
  return {
    name: table.name,
    task,
    features: features.length,
    classes: classes.length,
    outputs: 1,
    train: split(trainRows),
    test: tests === 0 ? null : split(testRows),
    options: { label: table.header[label]!, testFraction, seed, standardize, rows: count },
  };
};

const at = ({ name, header, lines }: TableText, row: number, column: number): string =>
  `${name}:${lines[row]}:${column + 1} (column "${header[column]}")`;

const labelColumn = ({ name, header, rows }: TableText, label: string | undefined): number => {
  if (header.length < 2) {
    throw new InputError(name, `expected at least two columns, a feature and a label, got ${header.length}`);
  }
  if (rows.length === 0) throw new InputError(name, "expected rows under the header, got none");
  const column = label === undefined ? header.length - 1 : header.indexOf(label);
  if (column < 0) {
    throw new InputError(name, `has no column "${label}"`, `Its columns are: ${header.join(", ")}.`);
  }
  return column;
};

const numberAt = (table: TableText, row: number, column: number): number => {
  const text = table.rows[row]![column]!.trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) {
    throw new InputError(
      at(table, row, column),
      `expected a finite number, got "${text}"`,
      "Features are numbers; --label names the column that holds the classes.",
    );
  }
  return value;
};

const labels = (table: TableText, column: number, wanted: TableOptions["task"]) => {
  const texts = table.rows.map((row) => row[column]!.trim());
  const numeric = texts.every((text) => text !== "" && Number.isFinite(Number(text)));
  const distinct = [...new Set(texts)];
  const fractions = numeric && texts.some((text) => !Number.isInteger(Number(text)));
  const found = numeric && (fractions || distinct.length > MOST_CLASSES) ? "regression" : "classes";
  if ((wanted ?? found) === "regression") {
    const y = table.rows.map((_, row) => numberAt(table, row, column));
    return { y, classes: [], task: "regression" as Task };
  }
  const empty = texts.indexOf("");
  if (empty >= 0) throw new InputError(at(table, empty, column), "expected a class, got nothing");
  if (distinct.length < 2) {
    throw new InputError(table.name, `expected at least two classes in "${table.header[column]}", got one`);
  }
  const classes = distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  const index = new Map(classes.map((text, i) => [text, i] as const));
  const task: Task = classes.length === 2 ? "binary" : "classes";
  return { y: texts.map((text) => index.get(text)!), classes, task };
};

/** By mean and standard deviation of the rows given; a constant column becomes 0. */
const standardized = (column: readonly number[], rows: Uint32Array): number[] => {
  let mean = 0;
  for (const row of rows) mean += column[row]! / rows.length;
  let square = 0;
  for (const row of rows) square += ((column[row]! - mean) * (column[row]! - mean)) / rows.length;
  const std = Math.sqrt(square);
  return column.map((value) => (std === 0 ? 0 : (value - mean) / std));
};
