import { InputError } from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { readText } from "./files.ts";

/** Flags that say where things are or how to print them: no part of a configuration. */
const NOT_CONFIGURATION = new Set([
  "config",
  "json",
  "format",
  "assert",
  "out",
  "resume",
  "report",
  "force",
  "workers",
]);

/** What was asked for: a configuration file, flags over it. */
export const askedFor = async (
  flags: Readonly<Record<string, unknown>>,
  base: Configuration = {},
): Promise<Configuration> => {
  const { config } = flags;
  const file = typeof config === "string" ? await fromFile(config) : {};
  const { $schema: _, ...said } = file;
  const given = Object.entries(flags).filter(
    ([name, value]) =>
      value !== undefined && !NOT_CONFIGURATION.has(name) && !(name === "standardize" && value === true),
  );
  const merged: Configuration = { ...base, ...said, ...Object.fromEntries(given) };
  if (merged.steps !== undefined && merged.epochs !== undefined) {
    throw new InputError("--epochs", "expected either --steps or --epochs, got both");
  }
  return merged;
};

const fromFile = async (path: string): Promise<Configuration> => {
  const { readConfiguration } = await import("@stepzero/format");
  return readConfiguration(path, readText(path));
};

/** A list, or one thing as a list of it. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** One thing, where `train` wants one. */
export const oneOf = <T>(name: string, value: T | readonly T[] | undefined): T | undefined => {
  const all = listOf(value);
  if (all !== undefined && all.length > 1) {
    throw new InputError(name, `expected one for train, got ${all.length}`, "compare takes several.");
  }
  return all?.[0];
};
