import { Script } from "node:vm";
import { InputError } from "@stepzero/core";

/** Runs a computation that calls foreign code; refuses what takes longer, also a loop without end. */
export const withinTime = <T>(seconds: number, who: string, what: string, compute: () => T): T => {
  let result: { readonly value: T } | null = null;
  const context = {
    compute: () => {
      result = { value: compute() };
    },
  };
  try {
    new Script("compute()").runInNewContext(context, { timeout: 1000 * seconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new InputError(
      who,
      `${what} takes longer than ${seconds} seconds`,
      "It is called many thousand times. It may contain a loop that does not end.",
    );
  }
  return result!.value;
};
