import { InputError, KIND, type Kind, type KindsOf, optionsOf, shown, suggestion } from "../base/index.ts";
import type { InitializerEntry, InitializerOptions, OptionDescription } from "./initializer.ts";

const kindOf = ({ choices, text }: OptionDescription): Kind =>
  choices !== undefined || text === true ? KIND.text : KIND.number;

/** Options given by name, each known to the entry and of its kind. */
export const checkOptions = <O extends object>(
  { name, options }: Pick<InitializerEntry, "name" | "options">,
  given: O,
): O => {
  const kinds = Object.entries(options).map(([option, description]) => [option, kindOf(description)]);
  return optionsOf(name, given, Object.fromEntries(kinds) as KindsOf<O>);
};

/** The options that are given and differ from their default. */
export const canonicalOptions = (
  given: Readonly<Record<string, number | string | undefined>>,
  defaults: InitializerOptions = {},
): InitializerOptions => {
  const options: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== defaults[name]) options[name] = value;
  }
  return options;
};

export const checkFinite = (who: string, option: string, value: number): void => {
  if (!Number.isFinite(value)) {
    throw new InputError(who, `expected ${option} to be a finite number, got ${shown(value)}`);
  }
};

export const checkNonNegative = (who: string, option: string, value: number): void => {
  checkFinite(who, option, value);
  if (value < 0) {
    throw new InputError(who, `expected ${option} ≥ 0, got ${value}`, `Write ${-value}, or 0 for no spread.`);
  }
};

export const checkBounds = (
  who: string,
  low: number,
  high: number,
  lowName = "low",
  highName = "high",
): void => {
  checkFinite(who, lowName, low);
  checkFinite(who, highName, high);
  if (!(low < high)) {
    throw new InputError(
      who,
      `expected ${lowName} < ${highName}, got ${lowName} ${low} and ${highName} ${high}`,
      low > high ? "Write the smaller one first." : "Use constant where all values are to be the same.",
    );
  }
};

export const checkChoice = (who: string, option: string, value: string, choices: readonly string[]): void => {
  if (!choices.includes(value)) {
    throw new InputError(
      who,
      `expected ${option} to be one of ${choices.join(", ")}, got "${value}"`,
      suggestion(value, choices),
    );
  }
};

export const checkPositiveInteger = (who: string, option: string, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InputError(who, `expected ${option} to be an integer ≥ 1, got ${String(value)}`);
  }
};
