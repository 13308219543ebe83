import type { z } from "zod";

/** What a schema calls a kind of value, in words. */
const KINDS: Readonly<Record<string, string>> = {
  number: "a number",
  int: "an integer",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const grouped = (value: unknown): string =>
  typeof value === "number" || typeof value === "bigint" ? value.toLocaleString("en-US") : String(value);

/** `a number ≥ 0`, `at least 2 entries` */
const bound = (origin: string, sign: string, limit: unknown): string => {
  const words = sign === "≥" || sign === ">" ? "at least" : "at most";
  if (origin === "string") {
    return limit === 1 && words === "at least" ? "a text, not an empty one" : `${words} ${limit} characters`;
  }
  if (origin === "array") return `${words} ${limit} ${limit === 1 ? "entry" : "entries"}`;
  return `${KINDS[origin] ?? "a number"} ${sign} ${grouped(limit)}`;
};

/** What was expected, in the words of the house, for `safeParse`; schemas that have words of their own keep them. */
export const inHouseWords = (issue: z.core.$ZodRawIssue): string | undefined => {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `expected ${bound(issue.origin, issue.inclusive === false ? ">" : "≥", issue.minimum)}`;
    case "too_big":
      return `expected ${bound(issue.origin, issue.inclusive === false ? "<" : "≤", issue.maximum)}`;
    case "invalid_value":
      return `expected ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    default:
      return undefined;
  }
};

/** What was expected and, where that is short, what came at its place in `root`. */
export const withWhatCame = ({ path, message }: z.core.$ZodIssue, root: unknown): string => {
  const came = path.reduce<unknown>((at, step) => (at as never)?.[step], root);
  const text = came === undefined ? "nothing" : JSON.stringify(came);
  return text.length > 100 ? message : `${message}, got ${text}`;
};
