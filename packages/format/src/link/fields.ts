/** @file One reader a field: from the text in the link to the value, refused or brought within its limits. */
import { activation, type InitializerSpec, InputError, schemeSpec, suggestion, target } from "@stepzero/core";
import { DATA_NAMES, LIMITS } from "./limits.ts";

/** Hears what was changed, in words. */
export type Say = (note: string) => void;
export type Reader<T> = (text: string, say: Say) => T;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const parsed = (name: string, text: string): number => {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InputError(name, `expected a number, got "${text}"`);
  return value;
};

const within = (name: string, value: number, [low, high]: readonly [number, number], say: Say): number => {
  const kept = Math.min(high, Math.max(low, value));
  if (kept !== value) {
    say(`${name}: ${value} is ${value > high ? "more" : "less"} than the page takes; it is ${kept} now.`);
  }
  return kept;
};

export const real =
  (name: string, range: readonly [number, number]): Reader<number> =>
  (text, say) =>
    within(name, parsed(name, text), range, say);

export const integer =
  (name: string, range: readonly [number, number]): Reader<number> =>
  (text, say) => {
    const value = within(name, parsed(name, text), range, say);
    if (!Number.isSafeInteger(value)) throw new InputError(name, `expected an integer, got "${text}"`);
    return value;
  };

export const oneOf =
  <const T extends string>(name: string, choices: readonly T[]): Reader<T> =>
  (text) => {
    const found = choices.find((one) => one === text);
    if (found === undefined) {
      const nearest = suggestion(text, choices);
      throw new InputError(name, `expected one of ${choices.join(", ")}, got "${text}"`, nearest);
    }
    return found;
  };

/** Points in a plane, which the page draws; other data are for the command. */
export const dataName: Reader<string> = (text, say) => {
  const [name] =
    text.match(/^(?:digits|mnist1d|mnist|fashionMnist|copy|reversed|modularAddition|text)(?=:|$)/) ?? [];
  if (name === undefined) return oneOf("data", DATA_NAMES)(text, say);
  throw new InputError("data", `${name} is not a set of points in a plane`, "stepzero compare takes it.");
};

export const yesOrNo = (name: string): Reader<boolean> => {
  const choose = oneOf(name, ["0", "1"]);
  return (text, say) => choose(text, say) === "1";
};

/** The first `most` of a list, said where there are more. */
export const first = <T>(name: string, all: readonly T[], most: number, say: Say): T[] => {
  if (all.length > most)
    say(`${name}: ${all.length} are more than the page takes; the first ${most} are kept.`);
  return all.slice(0, most);
};

export const layers: Reader<number[]> = (text, say) => {
  const units = integer("layers", LIMITS.units);
  const given = text.split(",");
  const [inputs, ...rest] = given.length > 200 ? given.slice(0, 200) : given;
  if (rest.length === 0 || inputs !== "2") {
    const fix = "Say the inputs first and the outputs last, as in 2,10,5,1.";
    throw new InputError(
      "layers",
      `expected 2 inputs and at least one layer, got "${text.slice(0, 60)}"`,
      fix,
    );
  }
  const output = units(rest.pop()!, say);
  const hidden = first("hidden layers", rest, LIMITS.hiddenLayers, say).map((size) => units(size, say));
  return [2, ...hidden, output];
};

export const activationName: Reader<string> = (text) => {
  activation(text);
  return text;
};

export const targetText: Reader<string> = (text) => {
  const { metric, value } = target(text);
  return `${metric}=${value}`;
};

export const batch: Reader<number | "full"> = (text, say) =>
  text === "full" ? "full" : integer("batch", LIMITS.batch)(text, say);

export const rates: Reader<number[]> = (text, say) => {
  const read = real("learning rate", LIMITS.rate);
  const all = first("learning rates", text.split(","), LIMITS.learningRates, say);
  const values = all.map((one) => read(one, say));
  return values.filter((value, i) => values.indexOf(value) === i);
};

/**
 * An initialization from its text in a link: `he`, `random:10`, or JSON of a name with options.
 *
 * ```ts
 * specOf('{"name":"heNormal","gain":1}'); // { name: "heNormal", gain: 1 }
 * ```
 */
export const specOf = (text: string): InitializerSpec => {
  if (!text.startsWith("{")) return text;
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {}
  const plain =
    typeof value === "object" &&
    value !== null &&
    typeof (value as { name?: unknown }).name === "string" &&
    Object.values(value).every((one) => typeof one === "string" || typeof one === "number");
  if (!plain) throw new InputError("initialization", `expected JSON of a name with options, got "${text}"`);
  return value as InitializerSpec;
};

export const initializations = (texts: readonly string[], say: Say): string[] => {
  const [least, most] = LIMITS.initializations;
  if (texts.length < least) {
    throw new InputError("initializations", `expected at least ${least}, got ${texts.length}`);
  }
  const kept = first("initializations", texts, most, say).map((text) => text.trim());
  const forms = kept.map((text) => JSON.stringify(Object.entries(schemeSpec(specOf(text))).sort()));
  forms.forEach((form, i) => {
    const other = forms.indexOf(form);
    if (other === i) return;
    throw new InputError(
      "initializations",
      `"${kept[other]}" and "${kept[i]}" are one initialization`,
      "Name each only once.",
    );
  });
  return kept;
};
