import { InputError, shown, suggestion } from "../../base/index.ts";

/** Refuses a word that is none of these. */
export const checkChoice = (who: string, name: string, value: string, choices: readonly string[]): void => {
  if (choices.includes(value)) return;
  throw new InputError(
    who,
    `expected ${name} to be one of ${choices.join(", ")}, got ${shown(value)}`,
    suggestion(value, choices),
  );
};

/** Refuses what is no count. */
export const checkCount = (who: string, name: string, value: number, least = 1): void => {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new InputError(who, `expected ${name} to be an integer ≥ ${least}, got ${shown(value)}`);
};

/** Refuses a name that is no known architecture's input: channels with positions. */
export const checkImage = (who: string, input: unknown): void => {
  if (Array.isArray(input) && (input.length === 2 || input.length === 3)) return;
  throw new InputError(
    who,
    `expected an input of channels × length or channels × height × width, got ${shown(input)}`,
    "Write [1, 28, 28], or choose an architecture for features alone: mlp.",
  );
};
