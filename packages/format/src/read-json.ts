import { InputError, printable, suggestion } from "@stepzero/core";
import { type ParseError, parse } from "jsonc-parser";
import type { z } from "zod";
import { inHouseWords, withWhatCame } from "./schema-words.ts";

/** JSON of a file; a syntax error says line and column. */
export const parseJson = (name: string, text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (depthOf(text) > DEEPEST) throw tooDeep(name);
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
  if (depthOf(text) > DEEPEST) throw tooDeep(name);
  return value;
};

/** Lists and objects within one another: far more than any file of ours has. */
const DEEPEST = 100;
const tooDeep = (name: string): InputError =>
  new InputError(name, `expected lists and objects within one another at most ${DEEPEST} deep, got more`);

/** How deep lists and objects lie within one another; as much as is deeper than `DEEPEST` is enough. */
const depthOf = (text: string): number => {
  let [depth, deepest] = [0, 0];
  for (let i = 0; i < text.length && deepest <= DEEPEST; i++) {
    const letter = text[i];
    if (letter === '"') i = endOfString(text, i);
    else if (letter === "[" || letter === "{") deepest = Math.max(deepest, ++depth);
    else if (letter === "]" || letter === "}") depth--;
  }
  return deepest;
};

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
};

/** Problems of one file that are told. */
const TOLD = 12;

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
  const result = schema.safeParse(value, { error: inHouseWords });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys" && known.length > 0) {
      return issue.keys.map((key) => () => `${printable(key)}: unknown key. ${suggestion(key, known)}`);
    }
    const where = issue.path.map(String).join(".");
    return [
      () => {
        const words = withWhatCame(issue, value);
        return where === "" ? words : `${printable(where)}: ${words}`;
      },
    ];
  });
  const told = problems.slice(0, TOLD).map((say) => say());
  if (problems.length > TOLD) told.push(`and ${problems.length - TOLD} more`);
  throw new InputError(
    name,
    problems.length === 1 ? told[0]! : `has ${problems.length} problems`,
    problems.length === 1 ? undefined : told.join("\n  "),
  );
};
