import { InputError } from "../../base/index.ts";
import type { Task } from "../dataset.ts";
import { mergedNote } from "./features.ts";
import { cellOf, type Table, type TableOptions, textAt } from "./table.ts";
import { distinctUpTo, namesOf, type TypedColumn } from "./typed-column.ts";
import { dropFlag, listed } from "./words.ts";

/** The labels: class indices, or for regression numbers; NaN where one is missing. */
export interface Labels {
  readonly task: Task;
  readonly values: Float64Array;
  /** Names of the classes in their order; none for regression. */
  readonly classes: readonly string[];
  /** Which task was taken, and how to choose the other where there is one. */
  readonly choice: string;
}

/** Numbers with more different values are a regression. */
const MOST_CLASSES = 20;
/** Classes that a network can be asked for. */
const CLASS_LIMIT = 1000;

/** Labels of a column, by the task asked for or found. */
export const labelsOf = (
  table: Table,
  typed: TypedColumn,
  wanted: TableOptions["task"],
  notes: string[],
): Labels => {
  const { name } = typed.column;
  if (typed.kind === "nothing") {
    throw new InputError(
      table.name,
      `expected classes or numbers in the label "${name}", got only empty cells`,
      "--label names another column.",
    );
  }
  if (typed.kind === "mixed" && wanted !== "classes") return refuseText(table, typed);
  const numbers = typed.kind === "numbers" && !/^true/.test(typed.said ?? "") ? typed.values : null;
  const different = numbers === null ? 0 : distinctUpTo(numbers, CLASS_LIMIT);
  const whole = numbers?.every((value) => Number.isNaN(value) || Number.isInteger(value)) === true;
  const regression = numbers !== null && (!whole || different > MOST_CLASSES);
  if ((wanted ?? (regression ? "regression" : "classes")) === "regression") {
    if (numbers === null) return refuseText(table, typed);
    if (typed.said !== undefined) notes.push(`Label "${name}": ${typed.said}.`);
    const why =
      wanted !== undefined
        ? ""
        : whole
          ? `, since it has more than ${MOST_CLASSES} different whole numbers`
          : ", since it has fractions";
    const other =
      wanted === undefined && whole && different <= CLASS_LIMIT
        ? "; --task classes takes each number as a class"
        : "";
    return { task: "regression", values: numbers, classes: [], choice: `regression${why}${other}` };
  }
  const { classes, values } = numbers === null ? classesOfNames(typed, notes) : classesOfNumbers(numbers);
  checkClasses(table, typed, classes, wanted);
  const two = classes.length === 2 && wanted !== "classes";
  const other =
    wanted !== undefined || numbers === null || classes.length === 2
      ? ""
      : `, since it has whole numbers, at most ${MOST_CLASSES} different; --task regression predicts the number`;
  return {
    task: two ? "binary" : "classes",
    values,
    classes,
    choice: `${two ? "two classes" : `${classes.length} classes`}${other}`,
  };
};

const refuseText = (table: Table, typed: TypedColumn): never => {
  const { column, isMissing } = typed;
  const row = column.codes!.findIndex((code, at) => code > 0 && !isMissing(at));
  throw new InputError(
    cellOf(table, column, row),
    `expected a finite number in the label, got "${textAt(column, row)}"`,
    typed.kind === "mixed"
      ? "Other cells of the label hold numbers. Correct this one, or take each value as a class with --task classes; --label names another column."
      : "A regression predicts numbers. --task classes predicts classes, without --loss mse; --label names another column.",
  );
};

const classesOfNumbers = (numbers: Float64Array) => {
  const sorted = [...new Set(numbers)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const classes = sorted.map(String);
  // −0 equals 0 and is not the same.
  const areIndices =
    sorted.every((value, i) => value === i) && !numbers.some((value) => Object.is(value, -0));
  if (areIndices) return { classes, values: numbers };
  const index = new Map(sorted.map((value, i) => [value, i] as const));
  return { classes, values: numbers.map((value) => index.get(value) ?? Number.NaN) };
};

const classesOfNames = (typed: TypedColumn, notes: string[]) => {
  const { names, nameAt, merged } = namesOf(typed);
  for (const one of merged) notes.push(mergedNote(typed.column.name, one));
  const index = new Map(names.map((name, i) => [name, i] as const));
  const values = Float64Array.from(
    { length: typed.column.values.length },
    (_, row) => index.get(nameAt(row) ?? "") ?? Number.NaN,
  );
  return { classes: names, values };
};

const checkClasses = (
  table: Table,
  { column, kind }: TypedColumn,
  classes: readonly string[],
  wanted: TableOptions["task"],
): void => {
  const { name } = column;
  const rows = column.values.length;
  if (classes.length < 2) {
    throw new InputError(
      table.name,
      `expected at least two classes in "${name}", got one${classes.length === 1 ? `, "${classes[0]}"` : ""}`,
      "A network needs at least two classes. --label names the column that holds the classes.",
    );
  }
  if (wanted === "binary" && classes.length !== 2) {
    throw new InputError(
      table.name,
      `expected two classes in "${name}" for --task binary, got ${classes.length}: ${listed(classes)}`,
      "--task classes takes them all.",
    );
  }
  const limit = kind === "names" && rows > 10 ? rows / 2 : rows;
  if (classes.length > CLASS_LIMIT || classes.length > limit) {
    throw new InputError(
      table.name,
      `column "${name}" has ${classes.length} different values in ${rows} rows, too many to be classes`,
      `--label names the column that holds the label${kind === "numbers" ? `, --task regression predicts numbers` : `; ${dropFlag(name)} leaves this one out`}.`,
    );
  }
};
