import type { Warning } from "../../base/index.ts";
import type { Feature } from "./features.ts";
import type { Labels } from "./label.ts";
import { dropFlag } from "./words.ts";

/** Rows that decide whether it is worth looking at all of them. */
const PROBE = 256;
/** A feature with more different values than this share of the rows determines anything. */
const FEW_VALUES = 20;

/** Features that a reader should look at: constant, twice there, or the label in another form. */
export const suspects = (
  features: readonly Feature[],
  labels: Labels,
  label: string,
  rows: Uint32Array,
): Warning[] => [
  ...constants(features, rows),
  ...twins(features, rows),
  ...features.flatMap((feature) => leak(feature, labels, label, rows)),
  ...oneHotLeak(features, labels, label, rows),
];

const warning = (rule: string, column: string, message: string): Warning => ({
  rule: `table/${rule}`,
  path: `data/${column}`,
  message,
});

const constants = (features: readonly Feature[], rows: Uint32Array): Warning[] =>
  features
    .filter(({ values }) => rows.length > 1 && rows.every((row) => values[row] === values[rows[0]!]))
    .map(({ name, values }) =>
      warning(
        "constant",
        name,
        `column "${name}" is ${values[rows[0]!]} in every row: it tells nothing. ${dropFlag(name)} leaves it out.`,
      ),
    );

const twins = (features: readonly Feature[], rows: Uint32Array): Warning[] => {
  if (rows.length < 3) return [];
  const seen = new Map<string, Feature[]>();
  return features.flatMap((feature) => {
    const { name, values } = feature;
    if (rows.every((row) => values[row] === values[rows[0]!])) return [];
    const key = Array.from(rows.subarray(0, PROBE), (row) => values[row]).join();
    const before = seen.get(key) ?? [];
    seen.set(key, [...before, feature]);
    const twin = before.find((other) => rows.every((row) => Object.is(other.values[row], values[row])));
    return twin === undefined
      ? []
      : [
          warning(
            "twice",
            name,
            `column "${name}" is the same as "${twin.name}". ${dropFlag(name)} leaves it out.`,
          ),
        ];
  });
};

/** A feature of few values, each of which goes with one label: it is the label in another form. */
const leak = ({ name, values }: Feature, labels: Labels, label: string, rows: Uint32Array): Warning[] => {
  const found = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const [value, y] = [values[rows[i]!]!, labels.values[rows[i]!]!];
    const before = found.get(value);
    if (before === undefined) {
      found.set(value, y);
      if (found.size > FEW_VALUES) return [];
    } else if (!Object.is(before, y)) return [];
  }
  const different = new Set(found.values()).size;
  if (different < 2 || rows.length < 4 * found.size) return [];
  return [
    warning(
      "leak",
      name,
      `column "${name}" determines "${label}": each of its ${found.size} values goes with one ${labels.task === "regression" ? "number" : "class"}. It may be the label in another form; ${dropFlag(name)} leaves it out.`,
    ),
  ];
};

/** Columns of 0 and 1 that with the label make 1 in every row: the label is one column of a one-hot code. */
const oneHotLeak = (
  features: readonly Feature[],
  labels: Labels,
  label: string,
  rows: Uint32Array,
): Warning[] => {
  const { classes, values } = labels;
  if (labels.task === "regression" || classes.length !== 2 || classes[0] !== "0" || classes[1] !== "1")
    return [];
  const parts = features.filter((feature) =>
    rows.every((row) => {
      const value = feature.values[row]!;
      return value === 0 || (value === 1 && values[row] === 0);
    }),
  );
  const prefix = label.replace(/[^_.\s=-]*$/, "");
  const alike = prefix === "" ? [] : parts.filter(({ name }) => name.startsWith(prefix));
  const group = [parts, alike].find(
    (some) =>
      some.length > 1 &&
      rows.every((row) => some.reduce((sum, one) => sum + one.values[row]!, values[row]!) === 1),
  );
  if (group === undefined) return [];
  const names = group.map(({ name }) => name);
  return [
    warning(
      "leak",
      names[0]!,
      `columns ${names.map((name) => `"${name}"`).join(", ")} determine "${label}": one of them and the label is 1 in every row. They may be the label in another form; ${dropFlag(...names)} leaves them out.`,
    ),
  ];
};
