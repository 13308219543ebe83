import { InputError } from "../../base/index.ts";

/** Streams are drawn from their beginning. */
export const checkStart = (who: string, start: number): void => {
  if (start !== 0) {
    throw new InputError(
      who,
      `expected a draw from the first element, got start ${start}`,
      "A stream cannot be entered in the middle: use generator stepzero.",
    );
  }
};
