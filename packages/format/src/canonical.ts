import { InputError } from "@stepzero/core";
import { type Configuration, configurationSchema } from "./configuration.ts";
import { inHouseWords, withWhatCame } from "./schema-words.ts";

/** What may be said as one thing or as a list of it. */
const LISTS = ["init", "lr", "drop", "initAt"];

/**
 * The one form of what was asked for, however it was said: keys in the order of the schema, lists as lists, the
 * options of an initialization by name. It is checked as the configuration in a study's file will be, so that no study
 * is written that cannot be read. `nameOf` says how the user named a setting.
 */
export const canonicalConfiguration = (
  asked: Readonly<Record<string, unknown>>,
  nameOf: (key: string) => string,
): Configuration => {
  const plain = Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [
      key,
      LISTS.includes(key) &&
      value !== undefined &&
      !(key === "lr" && value === "auto") &&
      !Array.isArray(value)
        ? [value]
        : value,
    ]),
  );
  const result = configurationSchema.safeParse(plain, { error: inHouseWords });
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const [key = "configuration", ...rest] = issue.path.map(String);
    // A flag gives a list's entry alone.
    const where = rest.filter((step) => !/^\d+$/.test(step)).map((step) => `${step}: `);
    throw new InputError(nameOf(key), `${where.join("")}${withWhatCame(issue, plain)}`);
  }
  const keys = Object.keys(configurationSchema.shape);
  const ordered = Object.entries(result.data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b));
  return Object.fromEntries(ordered.map(([key, value]) => [key, sorted(value)])) as Configuration;
};

/** Keys of objects by name, `name` first. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === "number") return value + 0;
  if (typeof value !== "object" || value === null) return value;
  const rank = ([key]: readonly [string, unknown]) => (key === "name" ? "" : key);
  return Object.fromEntries(
    Object.entries(value)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
};
