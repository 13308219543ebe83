import { InputError, shown } from "../base/index.ts";
import type { Activation } from "./activation.ts";

/** Refuses what is no activation, its name for one. */
export const checkActivation = (who: string, phi: Activation): void => {
  if (typeof phi?.value === "function" && typeof phi.derivative === "function" && Array.isArray(phi.kinks))
    return;
  const fix =
    typeof phi === "function"
      ? "Write activationOf(f) for a function of your own."
      : `Write activation(${typeof phi === "string" ? JSON.stringify(phi) : '"relu"'}).`;
  throw new InputError(who, `expected an activation, got ${shown(phi)}`, fix);
};
