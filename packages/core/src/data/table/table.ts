/** A column of a table as it was read: numbers, and what is no number by the different texts of the column. */
export interface Column {
  readonly name: string;
  /** False where the header has no name for it. */
  readonly named: boolean;
  /** The number of each row, NaN where its cell holds none. */
  readonly values: Float64Array;
  /** Of each row 0 where it holds a number, else k for `texts[k - 1]`; `null` where all rows hold numbers. */
  readonly codes: Int32Array | null;
  /** The different texts; `""` is an empty cell. */
  readonly texts: readonly string[];
}

/** A table as it was read, before anything is decided of its columns. */
export interface Table {
  /** The file, as messages name it. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** False where the columns have numbers for names. */
  readonly header: boolean;
  /** Line of a row in the file, from 1. */
  lineOf(row: number): number;
  readonly decimal: "." | ",";
  /** What was decided in reading it, a sentence each. */
  readonly notes: readonly string[];
  /** Lines that were left out as comments. */
  readonly comments?: number;
  /** Whether its columns may be given up, each when a data set has taken it over: it can be used once. */
  readonly once?: boolean;
}

/** Rows of text under a header, as a parser of CSV gives them. */
export interface TableText {
  /** The file, as messages name it. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file, from 1. */
  readonly lines: readonly number[];
}

export const MISSING_RULES = ["refuse", "drop", "mean"] as const;
/** What becomes of rows that miss a value. */
export type MissingRule = (typeof MISSING_RULES)[number];

export const TASKS = ["binary", "classes", "regression"] as const;

export interface TableOptions {
  /** Column of the label, the last by default. */
  readonly label?: string;
  /** Share of the rows that test, drawn by the seed; 0 for none. */
  readonly testFraction?: number;
  readonly seed?: number;
  /** Subtract the training part's mean of each feature and divide by its standard deviation. */
  readonly standardize?: boolean;
  /** Found from the label by default: fractions, or more than 20 different numbers, are regression. */
  readonly task?: (typeof TASKS)[number];
  /** `refuse` by default; `drop` leaves their rows out; `mean` fills features by the training part's mean. */
  readonly missing?: MissingRule;
  /** Make a column of 0 and 1 for every value of a text column. */
  readonly encode?: boolean;
  /** Columns to leave out. */
  readonly drop?: readonly string[];
}

/** Where a cell stands, for messages. */
export const cellOf = ({ name, columns, lineOf }: Table, column: Column, row: number): string =>
  `${name}:${lineOf(row)}:${columns.indexOf(column) + 1} (column "${column.name}")`;

/** The text of a cell: what was read, a number as JavaScript writes it. */
export const textAt = ({ values, codes, texts }: Column, row: number): string => {
  const code = codes?.[row] ?? 0;
  return code === 0 ? String(values[row]) : texts[code - 1]!;
};
