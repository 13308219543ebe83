import { InputError, rateRange } from "@stepzero/core";
import * as parse from "./parse.ts";

const RANGE = /^(.+)\.\.(.+):(.+)$/;

/** Learning rates: `0.01,0.1`, the range `0.001..1:7` (both ends, seven rates, each the same multiple), or `auto`. */
export const rates =
  (flag: string) =>
  (text: string): number[] | "auto" => {
    if (text.trim() === "auto") return "auto";
    const number = parse.number(flag);
    return parse
      .list(flag)(text)
      .flatMap((part) => {
        const [, low, high, count] = part.match(RANGE) ?? [];
        if (count === undefined) {
          if (part.includes("..")) {
            throw new InputError(flag, `expected a range as in 0.001..1:7, got "${part}"`);
          }
          return [number(part)];
        }
        try {
          return rateRange(number(low!), number(high!), number(count));
        } catch (error) {
          if (!(error instanceof InputError) || error.who !== "rateRange") throw error;
          throw new InputError(
            flag,
            `${error.problem} in "${part}"`,
            "Write lowest..highest:count, as in 0.001..1:7.",
          );
        }
      });
  };
