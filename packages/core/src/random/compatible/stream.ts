import { type FloatArray, InputError } from "../../base/index.ts";
import { checkDrawn, type Distribution } from "../distribution.ts";

/** Streams fill arrays of floats, from their beginning. */
export const checkFill = (who: string, out: FloatArray, distribution: Distribution, start: number): void => {
  checkDrawn(who, out, distribution);
  if (start !== 0) {
    throw new InputError(
      who,
      `expected a draw from the first element, got start ${start}`,
      "A stream cannot be entered in the middle: use generator stepzero.",
    );
  }
};
