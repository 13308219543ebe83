import { InputError } from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { readText } from "./files.ts";
import { modelAsked } from "./model-options.ts";
import * as parse from "./parse.ts";
import { rates } from "./rates.ts";

/** Flags that say where things are or how to print them: no part of a configuration. */
const NOT_CONFIGURATION = new Set(["config", "json", "format", "assert", "out", "resume", "report", "force"]);

/** What was asked for, and on how many threads, which changes no figure. */
export interface Asked {
  readonly asked: Configuration;
  readonly workers: number | undefined;
}

/** What was asked for, in its one form and checked: a configuration file, flags over it. */
export const askedFor = async (
  flags: Readonly<Record<string, unknown>>,
  base: Configuration = {},
): Promise<Asked> => {
  const { canonicalConfiguration } = await import("@stepzero/format");
  const { config } = flags;
  const file = typeof config === "string" ? await fromFile(config) : {};
  const { $schema: _, ...said } = file;
  const given = Object.fromEntries(
    Object.entries(flags).filter(
      ([name, value]) =>
        value !== undefined && !NOT_CONFIGURATION.has(name) && !(name === "standardize" && value === true),
    ),
  );
  const merged: Record<string, unknown> = over(over(base, said), given);
  const { layers, delimiter, drop } = merged;
  if (merged.model !== undefined) merged.model = modelAsked(merged.model);
  if (typeof layers === "string") merged.layers = parse.layers(layers);
  if (typeof merged.lr === "string") merged.lr = rates("--lr")(merged.lr);
  if (typeof drop === "string") merged.drop = parse.columns(drop);
  if (delimiter === "\\t") merged.delimiter = "\t";
  const flagOf = (name: string): string =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const nameOf = (key: string): string =>
    key in given || typeof config !== "string" ? flagOf(key) : `${config}: ${key}`;
  const { workers, ...asked } = canonicalConfiguration(merged, nameOf);
  if (asked.steps !== undefined && asked.epochs !== undefined) {
    throw new InputError("--epochs", "expected either --steps or --epochs, got both");
  }
  return { asked, workers };
};

/** Settings over others; what says the length of the training another way goes before it too. */
const over = (
  below: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const { steps, epochs, ...rest } = below;
  const length = above.steps === undefined && above.epochs === undefined ? { steps, epochs } : {};
  return { ...rest, ...length, ...above };
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
