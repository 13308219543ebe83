import { InputError, suggestion } from "@stepzero/core";
import { type ParseError, parse } from "jsonc-parser";
import type { z } from "zod";

/** JSON of a file; a syntax error says line and column. */
export const parseJson = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const before = text.slice(0, errors[0]?.offset ?? text.length).split("\n");
    const where = `${name}:${before.length}:${before[before.length - 1]!.length + 1}`;
    throw new InputError(
      where,
      "is not JSON, or was cut off",
      text.trim() === "" ? "The file is empty." : undefined,
    );
  }
};

/**
 * What a schema makes of a value; all that is wrong with it, with paths, in one error. An unknown key
 * comes with the nearest of `known`.
 */
export const validate = <S extends z.ZodType>(
  name: string,
  schema: S,
  value: unknown,
  known: readonly string[] = [],
): z.output<S> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys" && known.length > 0) {
      return issue.keys.map((key) => `${key}: unknown key. ${suggestion(key, known)}`);
    }
    const where = issue.path.map(String).join(".");
    return [where === "" ? issue.message : `${where}: ${issue.message}`];
  });
  throw new InputError(
    name,
    problems.length === 1 ? problems[0]! : `has ${problems.length} problems`,
    problems.length === 1 ? undefined : problems.join("\n  "),
  );
};
