import type { Dataset, LossName, Warning } from "@stepzero/core";
import { short, thousands } from "./describe.ts";
import { dim } from "./table.ts";

/** Names of features that a line shows. */
const SHOWN = 8;

/** What was made of a table or of sequences, a line each; nothing of points. */
export const dataLines = (data: Dataset, loss: LossName): string[] => {
  const { table } = data;
  if (table === undefined) return sequenceLines(data).map(dim);
  const names = table.columns.slice(0, SHOWN).join(", ");
  const more = table.columns.length > SHOWN ? `, … (${table.columns.length - SHOWN} more)` : "";
  const parts = partsOf(data);
  const features = `${table.columns.length} feature${table.columns.length === 1 ? "" : "s"}`;
  return [
    `${thousands(table.rows)} rows (${parts}), ${features}: ${names}${more}.`,
    ...table.notes,
    ...lossLine(data, loss),
  ].map(dim);
};

/** `1,000 to train, 200 to test` */
const partsOf = ({ train, test }: Dataset): string =>
  `${thousands(train.count)} to train${test === null ? "" : `, ${thousands(test.count)} to test`}`;

const sequenceLines = (data: Dataset): string[] => {
  const { positions, input, vocabulary, train } = data;
  if (positions === undefined || typeof input !== "object" || !("tokens" in input)) return [];
  const counted = train.y.reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0) / train.count;
  const what = vocabulary === undefined ? "tokens" : "characters";
  const which =
    counted === positions ? "all positions count" : `${thousands(counted)} of ${positions} positions count`;
  return [
    `Sequences of ${input.length} ${what} out of ${input.tokens}: ${partsOf(data)}; ${which}. Accuracy is per position.`,
  ];
};

/** What a regression's loss is measured in. */
const lossLine = ({ table, options }: Dataset, loss: LossName): string[] => {
  if (loss !== "mse" || table?.target == null) return [];
  const { mean, std } = table.target;
  return options.standardize === true
    ? [
        `Loss: the mean squared error of "${table.label}" less ${short(mean)}, divided by ${short(std)}: 1 is the error of the mean. Its root times ${short(std)} is in the units of "${table.label}".`,
      ]
    : [`Loss: the mean squared error in the units of "${table.label}", squared.`];
};

/** A loss as an error in the label's own units, where it is a regression's. */
export const errorInUnits = ({ table, options }: Dataset, loss: LossName, value: number): string => {
  if (loss !== "mse" || table?.target == null || !Number.isFinite(value)) return "";
  const { std } = table.target;
  const error = Math.sqrt(value) * (options.standardize === true ? std : 1);
  return ` (root mean squared error ${short(error)} in the units of "${table.label}")`;
};

/** Why runs on these data may have diverged, where a warning of the data says it, and the other warnings. */
export const causeInData = (
  warnings: readonly Warning[],
): { readonly cause: string | null; readonly others: readonly Warning[] } => {
  const found = warnings.find(({ rule }) => rule === "table/unscaled");
  return {
    cause: found === undefined ? null : `The likely cause is the scale of the data: ${found.message}`,
    others: warnings.filter((warning) => warning !== found),
  };
};
