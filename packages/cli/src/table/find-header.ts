import { InputError, isMissingAmongNumbers, readNumber } from "@stepzero/core";

/** The first records of a table as texts, with their lines. */
export interface SampleRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Names of the columns, and whether the first record is them. */
export interface FoundHeader {
  readonly names: readonly string[];
  readonly inFile: boolean;
  /** Fields of every row; one more than there are names where rows end in a delimiter. */
  readonly notes: readonly string[];
}

export const findHeader = (
  name: string,
  [first, ...rest]: readonly SampleRow[],
  wanted: boolean | undefined,
  commented: readonly string[] | null,
  decimal: "." | ",",
): FoundHeader => {
  if (first === undefined) throw new InputError(name, "expected a header and rows, got an empty file");
  if (wanted === false)
    return {
      names: first.cells.map((_, c) => String(c + 1)),
      inFile: false,
      notes: ["It has no header: columns are named by their numbers."],
    };
  if (commented !== null) return { names: commented, inFile: false, notes: [] };
  refuseTitle(name, first, rest);
  const { names, notes } = fitted(first.cells, rest);
  if (wanted === undefined && looksLikeRow(first.cells, rest, decimal)) {
    throw new InputError(
      `${name}:${first.line}`,
      `expected names of columns, got ${JSON.stringify(first.cells.slice(0, 6).join(", ")).slice(0, 100)}, which looks like a row`,
      "--no-header reads it as a row and names the columns 1, 2, …; --header takes it as names.",
    );
  }
  const twice = names.find((cell, i) => cell !== "" && names.indexOf(cell) !== i);
  if (twice !== undefined) {
    throw new InputError(
      `${name}:${first.line}`,
      `expected different columns, got "${twice}" twice`,
      isMissingAmongNumbers(twice)
        ? "--no-header reads the line as a row, where it is one."
        : "Rename one of them in the file.",
    );
  }
  if (wanted === undefined && isCount(names)) {
    notes.push(
      "The numbers in its first line are the names of its columns; --no-header reads them as a row.",
    );
  }
  return { names, inFile: true, notes };
};

/** Refuses a first line of one field above lines of more. */
const refuseTitle = (name: string, { cells, line }: SampleRow, rest: readonly SampleRow[]): void => {
  const longer = rest.filter((row) => row.cells.length > 1);
  if (cells.length !== 1 || longer.length * 2 <= rest.length) return;
  const begins = cells[0]!.split(/\s/)[0]!.slice(0, 20);
  throw new InputError(
    `${name}:${line}`,
    `expected names of columns, got one field, ${JSON.stringify(cells[0]!.slice(0, 60))}, above lines of ${longer[0]!.cells.length}`,
    `If it is a title, delete it, or use --comment ${JSON.stringify(begins)}, which leaves out every line that begins with it.`,
  );
};

/** The names as rows have fields: R leaves out the name of row names, and some programs end rows with a delimiter. */
const fitted = (
  names: readonly string[],
  rows: readonly SampleRow[],
): { readonly names: readonly string[]; readonly notes: string[] } => {
  const all = (cells: number): boolean => rows.length > 0 && rows.every((row) => row.cells.length === cells);
  if (all(names.length + 1)) {
    if (rows.every(({ cells }) => cells[cells.length - 1] === ""))
      return { names: [...names, ""], notes: [] };
    const firsts = new Set(rows.map(({ cells }) => cells[0]));
    if (firsts.size === rows.length) {
      return {
        names: ["", ...names],
        notes: [
          "Its header has one name fewer than rows have fields: the first field is taken as the row's name.",
        ],
      };
    }
  }
  if (all(names.length - 1) && names[names.length - 1] === "")
    return { names: names.slice(0, -1), notes: [] };
  return { names, notes: [] };
};

/**
 * Whether names are of the kind that the columns below hold: numbers over numbers, or one of the words below. A missing
 * value fits anywhere.
 */
const looksLikeRow = (names: readonly string[], rows: readonly SampleRow[], decimal: "." | ","): boolean => {
  if (rows.length === 0) return names.every((cell) => isNumber(cell, decimal));
  const body = names.map((_, c) =>
    rows.map(({ cells }) => cells[c] ?? "").filter((cell) => !isMissingAmongNumbers(cell)),
  );
  const numeric = body.map((cells) => cells.length > 0 && cells.every((cell) => isNumber(cell, decimal)));
  const numbers = names.filter((cell) => isNumber(cell, decimal)).length;
  if (isCount(names) && (names.length > 9 || body.some((cells) => !cells.every(isWhole)))) return false;
  if (numbers > 0)
    return names.every((cell, c) => isNumber(cell, decimal) || !numeric[c] || isMissingAmongNumbers(cell));
  return !numeric.includes(true) && names.length > 1 && names.every((cell, c) => body[c]!.includes(cell));
};

const isWhole = (cell: string): boolean => /^[+-]?\d+$/.test(cell);

const isNumber = (cell: string, decimal: "." | ","): boolean => readNumber(cell, decimal) !== null;

/** 0, 1, 2, … or 1, 2, 3, …, as pandas names columns, perhaps after an unnamed index. */
const isCount = (names: readonly string[]): boolean => {
  const own = names[0] === "" ? names.slice(1) : names;
  const start = Number(own[0]);
  return (
    own.length >= (names[0] === "" ? 1 : 3) &&
    (start === 0 || start === 1) &&
    own.every((cell, i) => cell === String(start + i))
  );
};
