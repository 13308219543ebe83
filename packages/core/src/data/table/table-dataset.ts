import {
  checkKind,
  InputError,
  KIND,
  type KindsOf,
  optionsOf,
  suggestion,
  type Warning,
} from "../../base/index.ts";
import { key } from "../../random/index.ts";
import type { Dataset, TableFacts } from "../dataset.ts";
import { featuresOf } from "./features.ts";
import { type Labels, labelsOf } from "./label.ts";
import { countsRows, whyLeftOut } from "./left-out.ts";
import { usedRows } from "./rows.ts";
import { type Standard, splitRows } from "./split-rows.ts";
import { suspects } from "./suspects.ts";
import { type Column, MISSING_RULES, TASKS, type Table, type TableOptions, type TableText } from "./table.ts";
import { tableOf } from "./table-of.ts";
import { type TypedColumn, typedColumn } from "./typed-column.ts";
import { unscaled } from "./unscaled.ts";
import { counted, dropFlag, listed, sample } from "./words.ts";

const PARTS = {
  name: KIND.text,
  header: KIND.texts,
  rows: {
    words: "a list of lists of texts",
    holds: (value: unknown) => Array.isArray(value) && value.every(KIND.texts.holds),
  },
  lines: KIND.numbers,
} satisfies KindsOf<TableText>;

/** Refuses what is no table; one that was read by ours is taken as it is. */
const checkTable = (text: Table | TableText): void => {
  checkKind("tableDataset", "the table", text, KIND.object);
  if ("columns" in text) return;
  for (const [part, kind] of Object.entries(PARTS)) {
    checkKind("tableDataset", `the table's ${part}`, text[part as keyof TableText], kind);
  }
};

/**
 * A data set from a table: every column but the label is a feature, and what numbers the rows is left out. Classes are
 * the label's values in order (of numbers, or of letters). For regression the label is standardised with the
 * features. `data.table` says what was decided.
 *
 * ```ts
 * const rows = [["1.5", "a"], ["2", "b"], ["3", "a"], ["4", "b"]];
 * const data = tableDataset({ name: "x.csv", header: ["size", "kind"], rows, lines: [2, 3, 4, 5] }, { testFraction: 0.25 });
 * [data.task, data.features, data.train.count, data.test?.count]; // ["binary", 1, 3, 1]
 * data.table?.classNames; // ["a", "b"]
 * ```
 *
 * Errors: `InputError` with file, line and column on cells that are no number, on missing values unless `missing` says
 * what becomes of them, on texts in features without `encode`, and on labels that are no classes.
 */
export const tableDataset = (text: Table | TableText, options: TableOptions = {}): Dataset => {
  checkTable(text);
  const table = "columns" in text ? text : tableOf(text);
  const {
    testFraction = 0.25,
    seed = 1,
    standardize = true,
    missing = "refuse",
    encode = false,
  } = optionsOf("tableDataset", options, KINDS);
  checkChoice("task", options.task, TASKS);
  checkChoice("missing", missing, MISSING_RULES);
  if (!(testFraction >= 0 && testFraction < 1)) {
    throw new InputError("testFraction", `expected a share from 0 to below 1, got ${testFraction}`);
  }
  const notes = [...table.notes];
  const { label, rest } = rolesOf(table, options, notes);
  const labels = labelsOf(table, label, options.task, notes);
  const { chosen, warnings } = chooseFeatures(table, rest, notes);
  const features = featuresOf(table, chosen, encode, notes);
  if (encode && chosen.every(({ kind }) => kind !== "names"))
    notes.push("No column is encoded: none holds text.");
  const used = usedRows(table, chosen, label, features, labels, missing, notes);
  const count = used.length;
  const tests = Math.round(count * testFraction);
  if (count - tests < 1) throw new InputError(table.name, "expected at least one row to train on");
  const { name } = label.column;
  const counts = classCounts(labels, used);
  const suspected = suspects(features, labels, name, used);
  // From here on the rows stand in the order of the split, and the columns of a table for once are gone.
  key(seed, "data", "split").shuffle(used);
  const rows = { test: used.subarray(0, tests), train: used.subarray(tests) };
  const regression = labels.task === "regression";
  const { train, test, target } = splitRows(features, labels.values, rows, {
    features: standardize,
    target: standardize && regression,
    once: table.once === true,
  });
  const facts: TableFacts = {
    rows: count,
    columns: features.map((feature) => feature.name),
    label: name,
    encoded: chosen.filter(({ kind }) => kind === "names").map(({ column }) => column.name),
    missing: [...chosen, label].reduce((sum, one) => sum + one.missing, 0),
    classNames: labels.classes,
    classCounts: counts,
    target: regression ? target : null,
    notes: [summary(name, labels, counts, target), ...notes],
    warnings: [
      ...warnings,
      ...suspected,
      ...rareClasses(labels.classes, train.y, count, name),
      ...(standardize ? [] : unscaled(features, train)),
    ],
  };
  return {
    name: table.name,
    task: labels.task,
    features: features.length,
    classes: labels.classes.length,
    outputs: 1,
    train,
    test,
    options: {
      label: name,
      testFraction,
      seed,
      standardize,
      rows: count,
      ...(options.task === undefined ? {} : { task: options.task }),
      ...(options.missing === undefined ? {} : { missing }),
      ...(encode ? { encode } : {}),
      ...(options.drop === undefined ? {} : { drop: [...options.drop] }),
    },
    table: facts,
  };
};

const KINDS: KindsOf<TableOptions> = {
  label: KIND.text,
  testFraction: KIND.number,
  seed: KIND.number,
  standardize: KIND.flag,
  task: KIND.text,
  missing: KIND.text,
  encode: KIND.flag,
  drop: KIND.texts,
};

const checkChoice = (name: string, value: string | undefined, choices: readonly string[]): void => {
  if (value === undefined || choices.includes(value)) return;
  throw new InputError("tableDataset", `unknown ${name} "${value}"`, suggestion(value, choices));
};

/** The label and the other columns, without those to be dropped. */
const rolesOf = (table: Table, { label, drop = [] }: TableOptions, notes: string[]) => {
  const { name, columns } = table;
  const names = columns.map((column) => column.name);
  if (columns.length < 2) {
    throw new InputError(
      name,
      `expected at least two columns, a feature and a label, got ${columns.length}${columns.length === 1 ? `, "${names[0]!.slice(0, 60)}"` : ""}`,
      "If another character separates the fields, give it with --delimiter.",
    );
  }
  if (table.rows === 0) {
    throw new InputError(
      name,
      "expected rows under the header, got none",
      "--no-header reads the first line as a row.",
    );
  }
  for (const wanted of [...drop, ...(label === undefined ? [] : [label])]) {
    if (!names.includes(wanted)) {
      throw new InputError(name, `has no column "${wanted}"`, columnsInWords(wanted, names));
    }
  }
  if (label !== undefined && drop.includes(label)) {
    throw new InputError(name, `cannot drop the label "${label}"`, "--label names another column.");
  }
  const typed = columns
    .filter((column) => !drop.includes(column.name))
    .map((column) => typedColumn(column, table.decimal));
  if (drop.length > 0) notes.push(`Left out as asked for: ${listed(drop.map((one) => `"${one}"`))}.`);
  const own =
    label === undefined
      ? typed.findLast((one) => one.column.named || (one.kind !== "nothing" && !isCounter(table, one)))
      : typed.find(({ column }) => column.name === label);
  if (own === undefined || typed.length < 2) {
    throw new InputError(
      name,
      "expected a feature and a label, and too few columns are left",
      "Drop fewer columns.",
    );
  }
  return { label: own, rest: typed.filter((one) => one !== own) };
};

/** Whether a column without a name counts the rows of a table with a header. */
const isCounter = (table: Table, typed: TypedColumn): boolean => table.header && countsRows(typed) !== null;

const columnsInWords = (wanted: string, names: readonly string[]): string => {
  const near = suggestion(wanted, names);
  return near.startsWith("Did") ? near : `Its columns are: ${sample(names)}.`;
};

const chooseFeatures = (table: Table, rest: readonly TypedColumn[], notes: string[]) => {
  const reasons = rest.map((typed) => whyLeftOut(typed, table));
  const warnings: Warning[] = [];
  const chosen = rest.filter((_, i) => reasons[i] === null);
  if (chosen.length === 0) {
    throw new InputError(
      table.name,
      `has no feature: ${listed(rest.map(({ column }, i) => `${titled(column)} is left out, since ${reasons[i]}`))}`,
      "A table needs a column that says something about each row.",
    );
  }
  rest.forEach(({ column }, i) => {
    if (reasons[i] !== null) notes.push(`${titled(column)} is left out: ${reasons[i]}.`);
  });
  for (const typed of chosen) {
    const first = table.rows < 10 ? null : countsRows(typed);
    const { name } = typed.column;
    if (first !== 0 && first !== 1) continue;
    warnings.push({
      rule: "table/counts-rows",
      path: `data/${name}`,
      message: `column "${name}" counts the rows from ${first} on: where rows are sorted, it tells the label. If it is no measurement, ${dropFlag(name)} leaves it out.`,
    });
  }
  return { chosen, warnings };
};

const titled = ({ name, named }: Column): string => (named ? `Column "${name}"` : `The unnamed ${name}`);

const classCounts = ({ classes, values }: Labels, rows: Uint32Array): number[] => {
  const counts = new Array<number>(classes.length).fill(0);
  if (classes.length > 0) for (const row of rows) counts[values[row]!]!++;
  return counts;
};

const summary = (
  label: string,
  { classes, choice }: Labels,
  counts: readonly number[],
  target: Standard,
): string => {
  const figures =
    classes.length === 0
      ? `mean ${round(target.mean)}, standard deviation ${round(target.std)} in the training part`
      : sample(classes.map((name, i) => `${name} ${counts[i]}`));
  return `Label "${label}": ${figures}. Task: ${choice}.`;
};

const round = (value: number): number => Number(value.toPrecision(6));

/** Classes that the training part lacks. */
const rareClasses = (classes: readonly string[], y: Float64Array, rows: number, label: string): Warning[] => {
  if (classes.length === 0) return [];
  const seen = new Set(y);
  const lacking = classes.filter((_, i) => !seen.has(i));
  if (lacking.length === 0) return [];
  return [
    {
      rule: "table/class-not-trained",
      path: `data/${label}`,
      message: `${lacking.length === 1 ? "class" : "classes"} ${sample(lacking.map((name) => `"${name}"`))} of "${label}" ${lacking.length === 1 ? "has" : "have"} no row in the training part of ${counted(rows, "row")}. Another --data-seed or a smaller --test-fraction may give it some.`,
    },
  ];
};
