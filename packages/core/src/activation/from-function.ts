import { checkKind, InputError, KIND } from "../base/index.ts";
import type { Activation } from "./activation.ts";
import { derivativeOf } from "./difference.ts";
import { fittingGain } from "./fitting-gain.ts";
import { kinksOf } from "./kinks.ts";
import { withoutOverflow } from "./overflow.ts";

/**
 * An activation of any function of one number. Kinks within ±40 are found; φ′ and φ″ are differences that
 * stay on one side of them (to about 1e-12 and 1e-9 for smooth functions).
 *
 * ```ts
 * activationOf((z) => Math.max(0, z)).derivative(2); // ≈ 1.00000000
 * activationOf((z) => Math.abs(z - 1)).kinks[0]; // ≈ 1.000000
 * ```
 */
export const activationOf = (f: (z: number) => number, name = "expression"): Activation => {
  checkKind("activationOf", "the name", name, KIND.text);
  if (typeof f !== "function")
    throw new InputError(name, `expected a function of one number, got ${typeof f}`);
  const whole = withoutOverflow(f);
  const value = (z: number): number => {
    const y: unknown = whole(z);
    if (typeof y === "number" && !Number.isNaN(y)) return y;
    throw new InputError(name, `expected a number at ${z}, got ${typeof y === "number" ? "NaN" : typeof y}`);
  };
  const found = kinksOf(value);
  const kinks = found.map(({ at }) => at);
  const derivative = derivativeOf(value, kinks);
  return {
    name,
    aliases: [],
    summary: "A function given in code.",
    formula: "",
    options: {},
    value,
    derivative,
    second: derivativeOf(derivative, kinks),
    kinks,
    jumps: found.filter(({ jump }) => jump).map(({ at }) => at),
    saturated: null,
    get fitting() {
      return fittingGain({ value, kinks });
    },
  };
};
