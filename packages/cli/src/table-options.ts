import { type Dataset, InputError, MISSING_RULES, TASKS, type Table, tableDataset } from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { given } from "./given.ts";
import * as parse from "./parse.ts";
import { type DialectOptions, readTable } from "./table/read-table.ts";

/** Flags that go with tables. */
export const OF_TABLES = [
  ...(["label", "testFraction", "standardize", "delimiter", "header", "missing", "encode"] as const),
  ...(["drop", "task", "decimal", "comment"] as const),
] as const;

/** The flags of tables, as rows of `option`. */
export const TABLE_OPTIONS = {
  label: ["--label <column>", "table: what is predicted (default: the last column)"],
  testFraction: [
    "--test-fraction <share>",
    "share of test rows of a table or of digits, split by the data seed (default: 0.25); of text the last sequences (0.1)",
    parse.number("--test-fraction"),
  ],
  standardize: ["--no-standardize", "leave the features of a table as they are"],
  task: [
    "--task <name>",
    `table: ${TASKS.join(", ")} (default: by the label)`,
    parse.choice("--task", TASKS),
  ],
  missing: [
    "--missing <rule>",
    "table: drop rows that miss a value, fill them by the column's mean, or refuse (the default)",
    parse.choice("--missing", MISSING_RULES),
  ],
  encode: ["--encode", "table: make a column of 0 and 1 for every text in a feature"],
  drop: ["--drop <columns>", "table: leave columns out, comma-separated", parse.columns],
  noHeader: ["--no-header", "the first line of a table is a row; columns are named 1, 2, …"],
  header: ["--header", "the first line of a table has the names, also where it looks like a row"],
  delimiter: [
    "--delimiter <character>",
    'table: what separates fields; tab or "\\t", space for runs of blanks (default: found from the file)',
    parse.delimiter,
  ],
  decimal: [
    "--decimal <mark>",
    "table: . or , (default: found from the file)",
    parse.choice("--decimal", [".", ","] as const),
  ],
  comment: ["--comment <text>", "table: leave out the lines that begin with this text", parse.comment],
} as const;

/** The table of a comparison that draws data for every seed: read once. */
let kept: { readonly key: string; readonly table: Table } | null = null;

/** A data set of a table, split by that seed. */
export const tableData = (path: string, asked: Configuration, seed: number | undefined): Dataset => {
  const dialect: DialectOptions = {
    ...given("header", asked.header),
    ...given("delimiter", asked.delimiter),
    ...given("decimal", asked.decimal),
    ...given("comment", asked.comment),
  };
  const key = JSON.stringify([path, dialect]);
  const table = kept?.key === key ? kept.table : readTable(path, dialect);
  kept = asked.resampleData === true ? { key, table } : null;
  const data = tableDataset(kept === null ? { ...table, once: true } : table, {
    ...given("label", asked.label),
    ...given("testFraction", asked.testFraction),
    ...given("standardize", asked.standardize),
    ...given("task", asked.task ?? (asked.loss === "mse" ? ("regression" as const) : undefined)),
    ...given("missing", asked.missing),
    ...given("encode", asked.encode),
    ...given("drop", typeof asked.drop === "string" ? [asked.drop] : asked.drop),
    ...given("seed", seed),
  });
  refuseIdle(path, asked, table, data);
  return { ...data, options: { ...data.options, ...dialect } };
};

/**
 * Refuses flags that did nothing for this table: who gave them expected something else of it. What --drop leaves out may
 * have been what they were for.
 */
const refuseIdle = (path: string, asked: Configuration, table: Table, { table: facts }: Dataset): void => {
  const { encoded, missing } = facts!;
  const whole = asked.drop === undefined;
  const idle: readonly (readonly [flag: string, given: boolean, why: string])[] = [
    ["--encode", whole && asked.encode === true && encoded.length === 0, "no feature holds text"],
    [
      `--missing ${asked.missing}`,
      whole && (asked.missing === "drop" || asked.missing === "mean") && missing === 0,
      "no value is missing",
    ],
    [
      `--comment ${asked.comment}`,
      asked.comment !== undefined && table.comments === 0,
      "no line begins with it",
    ],
  ];
  for (const [flag, given, why] of idle) {
    if (given) throw new InputError(flag, `does nothing for ${path}: ${why}`, "Leave it out.");
  }
};
