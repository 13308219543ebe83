import { InputError } from "../../base/index.ts";
import type { Feature } from "./features.ts";
import type { Labels } from "./label.ts";
import { cellOf, type MissingRule, type Table, textAt } from "./table.ts";
import type { TypedColumn } from "./typed-column.ts";
import { counted, dropFlag, listed } from "./words.ts";

/** The rows that are used: all, but for those that miss a value where these are left out. */
export const usedRows = (
  table: Table,
  typed: readonly TypedColumn[],
  label: TypedColumn,
  features: readonly Feature[],
  labels: Labels,
  rule: MissingRule,
  notes: string[],
): Uint32Array => {
  const lacking = [...typed, label].filter(({ missing }) => missing > 0);
  const all = new Uint32Array(table.rows);
  for (let row = 0; row < all.length; row++) all[row] = row;
  if (lacking.length === 0) return all;
  const whole = all.filter(
    (row) => !Number.isNaN(labels.values[row]) && features.every(({ values }) => !Number.isNaN(values[row])),
  );
  if (rule === "refuse") refuse(table, lacking, label, { left: whole.length, features: typed.length });
  const kept = rule === "drop" ? whole : all.filter((row) => !Number.isNaN(labels.values[row]));
  if (kept.length === 0) {
    throw new InputError(
      table.name,
      rule === "drop" ? "every row misses a value: --missing drop would leave no rows" : "no row has a label",
      waysOut(lacking, label, { left: 0, features: typed.length }),
    );
  }
  const out = table.rows - kept.length;
  if (out > 0) {
    const what = rule === "drop" ? "a value" : `the label "${label.column.name}", which no mean can fill`;
    notes.push(
      `${counted(out, "row")} of ${table.rows} ${out === 1 ? "is" : "are"} left out: ${out === 1 ? "it misses" : "they miss"} ${what}.`,
    );
  }
  const filled = lacking.filter((one) => one !== label);
  if (rule === "mean" && filled.length > 0) {
    notes.push(`Missing values are filled by the mean of the training part: ${perColumn(filled)}.`);
  }
  return kept;
};

const refuse = (
  table: Table,
  lacking: readonly TypedColumn[],
  label: TypedColumn,
  rest: { readonly left: number; readonly features: number },
): never => {
  const firsts = lacking.map((one) => ({ one, row: firstMissing(one) }));
  const first = firsts.reduce((best, next) => (next.row < best.row ? next : best));
  const { column } = first.one;
  const text = textAt(column, first.row);
  const wanted = first.one === label ? "a label" : "a finite number";
  const cells = lacking.reduce((sum, { missing }) => sum + missing, 0);
  throw new InputError(
    cellOf(table, column, first.row),
    `expected ${wanted}, got ${text === "" ? "an empty cell" : `"${text}"`}, a missing value`,
    `${counted(cells, "cell")} of the table ${cells === 1 ? "misses its value" : "miss their values"}: ${perColumn(lacking)}. ${waysOut(lacking, label, rest)}`,
  );
};

const waysOut = (
  lacking: readonly TypedColumn[],
  label: TypedColumn,
  { left, features }: { readonly left: number; readonly features: number },
): string => {
  const inFeatures = lacking.filter((one) => one !== label);
  const labelled = label.missing === 0;
  const one = lacking.reduce((sum, { missing }) => sum + missing, 0) === 1;
  const ways = [];
  if (left > 1) ways.push(`--missing drop leaves out ${one ? "its row" : "their rows"} and keeps ${left}`);
  if (inFeatures.length > 0 && label.missing < label.column.values.length) {
    ways.push(
      `--missing mean fills ${labelled ? (one ? "it" : "them") : "those of features"} by the column's mean over the training part`,
    );
  }
  if (labelled && inFeatures.length < features) {
    ways.push(
      `${dropFlag(...inFeatures.map(({ column }) => column.name))} leaves out ${inFeatures.length === 1 ? "the column" : "the columns"}`,
    );
  }
  if (ways.length === 0) ways.push("--label names another column");
  return `${ways.join("; ")}.`;
};

const firstMissing = ({ isMissing, column }: TypedColumn): number => {
  let row = 0;
  while (row < column.values.length && !isMissing(row)) row++;
  return row;
};

const perColumn = (columns: readonly TypedColumn[]): string =>
  listed(columns.map(({ column, missing }) => `"${column.name}" ${missing}`));
