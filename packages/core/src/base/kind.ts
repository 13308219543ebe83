import { InputError } from "./errors.ts";
import { suggestion } from "./nearest.ts";

/** What a value from outside may be: in words, and what tells. The function that uses the value checks its range. */
export interface Kind {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

/** A kind for every option of O: one that is forgotten is a type error. */
export type KindsOf<O> = { readonly [K in keyof Required<O>]: Kind };

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
const isNumber = (value: unknown): boolean => typeof value === "number";

export const KIND = {
  number: { words: "a number", holds: isNumber },
  finite: { words: "a finite number", holds: Number.isFinite },
  text: { words: "a text", holds: (value) => typeof value === "string" },
  flag: { words: "true or false", holds: (value) => typeof value === "boolean" },
  function: { words: "a function", holds: (value) => typeof value === "function" },
  object: { words: "an object", holds: isObject },
  list: { words: "a list", holds: Array.isArray },
  numbers: {
    words: "a list of numbers",
    holds: (value) => (Array.isArray(value) ? value.every(isNumber) : isTyped(value)),
  },
  texts: {
    words: "a list of texts",
    holds: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  },
  /** A name, or a name with options. */
  spec: {
    words: 'a name, or { name: "…", … }',
    holds: (value) =>
      typeof value === "string" ||
      (isObject(value) && typeof (value as { name?: unknown }).name === "string"),
  },
  floats: {
    words: "a Float32Array or a Float64Array",
    holds: (value) => value instanceof Float32Array || value instanceof Float64Array,
  },
} as const satisfies Readonly<Record<string, Kind>>;

const isTyped = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && isNumber((value as unknown as { length?: unknown }).length);

/** A value that is of one kind or another. */
export const either = (...kinds: readonly Kind[]): Kind => ({
  words: kinds.map(({ words }) => words).join(" or "),
  holds: (value) => kinds.some(({ holds }) => holds(value)),
});

/** Refuses a value of another kind. */
export const checkKind = (who: string, name: string, value: unknown, kind: Kind, fix?: string): void => {
  if (!kind.holds(value)) {
    throw new InputError(who, `expected ${name} to be ${kind.words}, got ${shown(value)}`, fix);
  }
};

/**
 * The options themselves. Refuses what is no object, a name that is not known and a value of another kind;
 * `undefined` is as good as left out.
 *
 * ```ts
 * optionsOf("mlp", { activation: "tanh" }, { activation: KIND.spec }).activation; // "tanh"
 * ```
 */
export const optionsOf = <O extends object>(who: string, given: O, kinds: KindsOf<O>): O => {
  const names = Object.keys(kinds);
  checkKind(who, "its options", given, KIND.object, `They are: ${names.join(", ")}.`);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(kinds, name)) {
      const fix = names.length === 0 ? "It takes no options." : suggestion(name, names);
      throw new InputError(who, `unknown option "${name}"`, fix);
    }
    if (value !== undefined) checkKind(who, name, value, kinds[name as keyof O]);
  }
  return given;
};

const MOST_SHOWN = 60;

/** A value as a message shows it. */
export const shown = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" && typeof value !== "string") return String(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  const text = json(value);
  if (text === undefined) return "an object";
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
};

const json = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value, (_key, one: unknown) =>
      typeof one === "number" && !Number.isFinite(one) ? String(one) : one,
    );
  } catch {
    return undefined;
  }
};
