import { InputError } from "../../base/index.ts";
import { cellOf, type Table, textAt } from "./table.ts";
import { namesOf, type TypedColumn } from "./typed-column.ts";
import { counted, dropFlag, listed, quoted, sample } from "./words.ts";

/** A feature with NaN where its value is missing. */
export interface Feature {
  readonly name: string;
  readonly values: Float64Array;
}

/** Columns that one column of names may become. */
const MOST_NAMES = 1000;

/** Features of the columns: numbers as they are, names as a column of 0 and 1 each where that is asked for. */
export const featuresOf = (
  table: Table,
  columns: readonly TypedColumn[],
  encode: boolean,
  notes: string[],
): Feature[] => {
  refuseMixed(table, columns);
  const names = columns.filter(({ kind }) => kind === "names");
  if (!encode && names.length > 0) refuseNames(table, names, columns.length);
  return columns.flatMap((typed): Feature[] => {
    const { name } = typed.column;
    if (typed.kind === "numbers") {
      if (typed.said !== undefined) notes.push(`Column "${name}": ${typed.said}.`);
      return [{ name, values: typed.values }];
    }
    return encoded(table, typed, notes);
  });
};

const refuseMixed = (table: Table, columns: readonly TypedColumn[]): void => {
  for (const typed of columns) {
    if (typed.kind !== "mixed") continue;
    const { column, row } = typed;
    const text = textAt(column, row);
    const drop = columns.length === 1 ? "" : `, or leave the column out with ${dropFlag(column.name)}`;
    throw new InputError(
      cellOf(table, column, row),
      `expected a finite number, got "${text}"`,
      `Other cells of the column hold numbers. Correct this one${drop}.${noRow(table, typed)}`,
    );
  }
};

/** How a line that may be no row, as one of units or of sums, is left out: by what it begins with. */
const noRow = (table: Table, { row }: TypedColumn & { readonly kind: "mixed" }): string => {
  const start = textAt(table.columns[0]!, row);
  const last = row === table.rows - 1;
  const isText =
    (table.columns[0]!.codes?.[row] ?? 0) > 0 && /^[\p{L}[({<][\p{L}\d\s\])}>%/.:,_-]{0,39}$/u.test(start);
  if (!isText || !(row === 0 || last)) return "";
  const above = row === 0 ? " If it holds the names, remove the lines above it." : "";
  return `\n  If line ${table.lineOf(row)} is no row, as a line of ${last ? "sums" : "units"}, --comment "${start}" leaves out the lines that begin with it.${above}`;
};

const refuseNames = (table: Table, names: readonly TypedColumn[], features: number): never => {
  const [{ column, isMissing }] = names as [TypedColumn];
  const row = column.codes!.findIndex((code, at) => code > 0 && !isMissing(at));
  const of = names.map((one) => one.column.name);
  const all = listed(of.map((name) => `"${name}"`));
  const [it, its, have] = of.length === 1 ? ["it", "its", "it has"] : ["them", "their", "they have"];
  const drop = of.length < features ? `; ${dropFlag(...of)} leaves ${it} out` : "";
  const tooMany = names.filter((one) => tooManyNames(one));
  const many = tooMany.map((one) => one.column.name);
  const encode = (): string => {
    if (many.length === 0) return `--encode makes a column of 0 and 1 for each of ${its} values${drop}.`;
    if (many.length < of.length)
      return `${dropFlag(...many)} --encode leaves ${many.length === 1 ? "that out which has" : "those out which have"} too many values, and makes a column of 0 and 1 for each value of the others.`;
    return drop === ""
      ? `Write ${it} as numbers in the file: ${have} too many values to --encode, and there is no other feature.`
      : `${dropFlag(...of)} leaves ${it} out: ${have} too many values to --encode.`;
  };
  throw new InputError(
    cellOf(table, column, row),
    `expected a finite number, got "${textAt(column, row)}"`,
    `${all} ${of.length === 1 ? "holds" : "hold"} text${looksLikeDate(textAt(column, row)) ? " (dates)" : ""}, and features are numbers. ${encode()}\n  ${labelHint(names)}`,
  );
};

/** Which column may be the label: one that alone has a few names. */
const labelHint = (names: readonly TypedColumn[]): string => {
  const few = names.filter(({ column }) => column.texts.length <= FEW_NAMES);
  const [one] = few;
  return few.length === 1 && one!.missing === 0
    ? `If "${listed([one!.column.name])}" is what is to be predicted, --label ${quoted(one!.column.name)} takes it as the label.`
    : "--label names the column that holds the classes.";
};

/** As many different names as classes may have that nobody asked for. */
const FEW_NAMES = 20;

/** Whether a column of each value would say little more than which row it is. */
const tooManyNames = ({ column, missing }: TypedColumn): boolean => {
  const different = column.texts.length;
  const rows = column.values.length - missing;
  return different > MOST_NAMES || (different > 20 && different > rows / 2);
};

const looksLikeDate = (text: string): boolean =>
  /^\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?: .*)?$/.test(text);

const encoded = (table: Table, typed: TypedColumn, notes: string[]): Feature[] => {
  const { column } = typed;
  if (tooManyNames(typed)) {
    throw new InputError(
      table.name,
      `column "${column.name}" has ${column.texts.length} different texts in ${table.rows} rows, too many to encode`,
      `Leave it out with ${dropFlag(column.name)}.`,
    );
  }
  const { names, nameAt, merged } = namesOf(typed);
  notes.push(
    `Column "${column.name}" is encoded: ${counted(names.length, "column")} of 0 and 1, ${sample(names)}.`,
  );
  for (const one of merged) notes.push(mergedNote(column.name, one));
  const features = names.map((name) => ({
    name: `${column.name}=${name}`,
    values: new Float64Array(table.rows),
  }));
  const at = new Map(names.map((name, i) => [name, features[i]!.values] as const));
  for (let row = 0; row < table.rows; row++) {
    const name = nameAt(row);
    if (name !== null) at.get(name)![row] = 1;
    else for (const { values } of features) values[row] = Number.NaN;
  }
  return features;
};

export const mergedNote = (
  column: string,
  { name, spellings }: { readonly name: string; readonly spellings: readonly string[] },
): string =>
  `Column "${column}": ${listed(spellings.map((text) => `"${text}"`))} differ only in case and are taken as one, "${name}".`;
