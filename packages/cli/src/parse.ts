import {
  checkLimit,
  GENERATORS,
  type Generator,
  type InitializerSpec,
  InputError,
  LIMITS,
  generator as sourceOf,
} from "@stepzero/core";
import { splitLine } from "./table/split-line.ts";

/** Parsers of flags: each names the flag in what it throws. */

export const number =
  (flag: string) =>
  (text: string): number => {
    const value = Number(text.trim());
    if (text.trim() === "" || !Number.isFinite(value)) {
      throw new InputError(flag, `expected a number, got "${text}"`);
    }
    return value;
  };

export const integer =
  (flag: string, least = 0, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text.trim());
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `≥ ${least}` : `from ${least} to ${most}`;
      throw new InputError(flag, `expected an integer ${range}, got "${text}"`);
    }
    return value;
  };

export const seed = (flag: string) => integer(flag, 0, 0xffffffff);

const quoted = (text: string): string => (/^\w/.test(text) ? text : `"${text}"`);

export const choice =
  <const T extends string>(flag: string, choices: readonly T[]) =>
  (text: string): T => {
    const found = choices.find((one) => one === text);
    if (found === undefined) {
      throw new InputError(flag, `expected one of ${choices.map(quoted).join(", ")}, got "${text}"`);
    }
    return found;
  };

/** `he`, `random:10`, or a name with options as JSON: `{"name":"orthogonal","gain":1.2}`. */
export const initialization = (text: string): InitializerSpec => {
  if (!text.trimStart().startsWith("{")) return text.trim();
  try {
    const spec: unknown = JSON.parse(text);
    if (typeof (spec as { name?: unknown }).name === "string") return spec as InitializerSpec;
  } catch {}
  throw new InputError(
    "--init",
    `expected a name, or JSON with a name and options, got "${text}"`,
    `Quote it for the shell: '{"name":"orthogonal","gain":1.2}'.`,
  );
};

/** A name, or JSON with a name and options. */
export const named =
  (flag: string, example: string) =>
  (
    text: string,
  ): string | { readonly name: string; readonly [option: string]: number | boolean | string } => {
    if (text.trim() !== "" && !text.trimStart().startsWith("{")) return text.trim();
    try {
      const spec = JSON.parse(text);
      if (typeof spec.name === "string") return spec;
    } catch {}
    throw new InputError(
      flag,
      `expected a name, or JSON with a name and options, got "${text}"`,
      `Quote it for the shell: '${example}'.`,
    );
  };

/** Comma-separated initializations; the commas of a JSON object do not count. */
export const initializations = (text: string): InitializerSpec[] =>
  list("--init", /,(?![^{]*\})/)(text).map(initialization);

/** A generator by its name or another of it; the canonical name. */
export const generator = (text: string): Generator => {
  const { generator: name } = sourceOf(text, 0);
  return GENERATORS.find((one) => one === name)!;
};

/** A comma-separated list. */
export const list =
  (flag: string, separator: RegExp | string = ",") =>
  (text: string): string[] => {
    const parts = text.split(separator).map((part) => part.trim());
    if (parts.some((part) => part === "")) {
      throw new InputError(flag, `expected a comma-separated list, got "${text}"`);
    }
    return parts;
  };

export const numbers =
  (flag: string) =>
  (text: string): number[] =>
    list(flag)(text).map(number(flag));

/** `2,10,5,1`, inputs first; `128x30` repeats. */
export const layers = (text: string): number[] => {
  let count = -1;
  const sizes = list("--layers")(text).flatMap((part) => {
    const [size = "", times = "1", ...rest] = part.split("x");
    if (!/^\d+$/.test(size) || !/^\d+$/.test(times) || rest.length > 0) {
      throw new InputError(
        "--layers",
        `expected sizes as in 2,10,5,1 or 64,128x30,10, got "${part}"`,
        "Say the inputs first and the outputs last.",
      );
    }
    count += Number(times);
    checkLimit("--layers", "layers", count, LIMITS.layers);
    return new Array<number>(Number(times)).fill(Number(size));
  });
  if (sizes.length < 2 || sizes.some((size) => size < 1)) {
    throw new InputError(
      "--layers",
      `expected at least two sizes, each at least 1, got "${text}"`,
      "Say the inputs first and the outputs last, as in 2,10,5,1.",
    );
  }
  return sizes;
};

/** `256,784` */
export const shape = (text: string): number[] =>
  list("--shape")(text).map((part) => {
    if (!/^\d+$/.test(part)) {
      throw new InputError("--shape", `expected integers ≥ 0 as in 256,784, got "${text}"`);
    }
    return Number(part);
  });

/** `full`, or a number of samples. */
export const batch = (text: string): number | "full" =>
  text === "full" ? "full" : integer("--batch", 1)(text);

/** What parts the fields of a table: one character, with names for those that a shell takes away. */
export const delimiter = (text: string): string => {
  const one = DELIMITERS[text] ?? text;
  if (!/^[\t !#$%&'*,/:;<=>?@^`|~]$/.test(one)) {
    throw new InputError(
      "--delimiter",
      `expected one character that separates fields, got "${text}"`,
      "Write , ; | tab or space.",
    );
  }
  return one;
};

const DELIMITERS: Readonly<Record<string, string>> = {
  "\\t": "\t",
  tab: "\t",
  space: " ",
  blanks: " ",
  comma: ",",
  semicolon: ";",
};

/** What lines begin with that are no rows. */
export const comment = (text: string): string => {
  if (!/^\S/.test(text) || text.length > 100 || /[\r\n]/.test(text)) {
    throw new InputError(
      "--comment",
      `expected the first characters of a line, got "${text}"`,
      "Quote it for the shell: --comment '#'.",
    );
  }
  return text;
};

/** Names of columns, comma-separated; one that holds a comma stands in double quotes. */
export const columns = (text: string): string[] => {
  const names = splitLine(text, ",");
  if (names.some((name) => name === "")) {
    throw new InputError(
      "--drop",
      `expected names of columns, comma-separated, got "${text}"`,
      "A name with a comma stands in double quotes.",
    );
  }
  return names;
};
