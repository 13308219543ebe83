import { checkKind, InputError, KIND, suggestion } from "../base/index.ts";
import { findInitializer, type InitializerName, initializerNames } from "./catalogue.ts";
import type { Initializer, InitializerEntry, InitializerOptions } from "./initializer.ts";
import { checkOptions } from "./options.ts";

/** A name (`"he"`), a name with a value (`"random:10"`), or a name with options. */
export type InitializerSpec =
  | InitializerName
  | (string & {})
  | { readonly name: InitializerName | (string & {}); readonly [option: string]: number | string };

/** The canonical form: what JSON keeps, and what two specifications are compared by. */
export type CanonicalSpec = { readonly name: string; readonly [option: string]: number | string };

export interface SplitSpec {
  readonly name: string;
  /** The number after the colon. */
  readonly value: number | undefined;
  readonly options: InitializerOptions;
}

/**
 * Takes a specification apart without asking whether the name exists.
 *
 * ```ts
 * splitSpec("random:10"); // { name: "random", value: 10, options: {} }
 * splitSpec({ name: "random", std: 10 }); // { name: "random", value: undefined, options: { std: 10 } }
 * ```
 */
export const splitSpec = (spec: InitializerSpec): SplitSpec => {
  if (typeof spec !== "string") {
    const { name, ...options } = spec;
    return { name, value: undefined, options };
  }
  const colon = spec.indexOf(":");
  if (colon < 0) return { name: spec.trim(), value: undefined, options: {} };
  const name = spec.slice(0, colon).trim();
  const text = spec.slice(colon + 1).trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) {
    throw new InputError(
      name,
      `expected a finite number after the colon, got "${text}"`,
      "Write random:10, for example.",
    );
  }
  return { name, value, options: {} };
};

/**
 * The initializer that a specification names; an initializer is itself. `otherNames` are names that
 * the caller knows beyond the catalogue, for the suggestion.
 *
 * ```ts
 * initializer("he").name; // "heNormal"
 * initializer("random:10").options; // { std: 10 }
 * initializer({ name: "heNormal", negativeSlope: 1 }).std([10, 100]); // ≈ 0.1
 * ```
 */
export const initializer = (
  spec: InitializerSpec | Initializer,
  who = "initializer",
  otherNames: readonly string[] = [],
): Initializer => {
  if (isInitializer(spec)) return spec;
  checkKind(who, "the initialization", spec, KIND.spec);
  const { name, value, options } = splitSpec(spec);
  const entry = findInitializer(name);
  if (entry === undefined) {
    throw new InputError(
      who,
      `unknown initialization "${name}"`,
      suggestion(name, [...initializerNames, ...otherNames]),
    );
  }
  return entry.create(checkOptions(entry, value === undefined ? options : valueOptions(entry, value)));
};

/** Whether something is an initializer already, rather than the words for one. */
export const isInitializer = (spec: InitializerSpec | Initializer): spec is Initializer =>
  typeof (spec as Partial<Initializer> | null)?.draw === "function";

/**
 * The canonical form of a specification: its canonical name, and the options that differ from
 * their defaults.
 *
 * ```ts
 * initializerSpec("normal:10"); // { name: "random", std: 10 }
 * initializerSpec("random:0.01"); // { name: "random" }
 * ```
 */
export const initializerSpec = (spec: InitializerSpec | Initializer): CanonicalSpec => {
  const { name, options } = initializer(spec);
  return { name, ...options } as CanonicalSpec;
};

/** Whether two specifications mean the same initializer. */
export const sameInitializer = (
  a: InitializerSpec | Initializer,
  b: InitializerSpec | Initializer,
): boolean => {
  const first = initializerSpec(a);
  const second = initializerSpec(b);
  const keys = Object.keys(first);
  return (
    keys.length === Object.keys(second).length && keys.every((key) => Object.is(first[key], second[key]))
  );
};

const valueOptions = (entry: InitializerEntry, value: number): InitializerOptions => {
  if (entry.valueOption === null) {
    const options = Object.keys(entry.options);
    throw new InputError(
      entry.name,
      `takes no value, got ${value}`,
      options.length === 0
        ? `Write ${entry.name} alone.`
        : `Give its options by name: { name: "${entry.name}", ${options.join(", ")} }.`,
    );
  }
  return { [entry.valueOption]: value };
};
