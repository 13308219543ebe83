import { checkKind, InputError, KIND } from "../base/index.ts";
import type { Activation } from "./activation.ts";
import { fittingGain } from "./fitting-gain.ts";

const RANGE = 40;
/** Width of the intervals that are searched; its ends fall on no number that people write. */
const WIDTH = 0.0312497;
const HALVINGS = 22;

/**
 * An activation of any function of one number. Kinks within ±40 are found where the slope jumps at
 * every scale; φ′ and φ″ are differences of fourth order that stay on one side of them (about 1e-10
 * for smooth functions).
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
  const value = (z: number): number => {
    const y: unknown = f(z);
    if (typeof y === "number" && !Number.isNaN(y)) return y;
    throw new InputError(name, `expected a number at ${z}, got ${typeof y === "number" ? "NaN" : typeof y}`);
  };
  const kinks = kinksOf(value);
  const stepAt = (z: number): number => {
    let step = 1e-3 * Math.max(1, Math.abs(z));
    for (const kink of kinks) step = Math.min(step, Math.abs(z - kink) / 2.5);
    return Math.max(step, 1e-9);
  };
  const slope = (g: (z: number) => number, z: number): number => {
    const h = stepAt(z);
    return (8 * (g(z + h) - g(z - h)) - (g(z + 2 * h) - g(z - 2 * h))) / (12 * h);
  };
  const derivative = (z: number): number => slope(value, z);
  return {
    name,
    aliases: [],
    summary: "A function given in code.",
    formula: "",
    options: {},
    value,
    derivative,
    second: (z) => slope(derivative, z),
    kinks,
    saturated: null,
    get fitting() {
      return fittingGain({ value, kinks });
    },
  };
};

/** Points about which the slope does not come to rest as the interval shrinks. */
const kinksOf = (f: (z: number) => number): number[] => {
  const bend = (from: number, to: number): number =>
    Math.abs(f(from) - 2 * f((from + to) / 2) + f(to)) / (to - from);
  const found: number[] = [];
  for (let from = -RANGE; from < RANGE; from += WIDTH) {
    let [a, b] = [from, from + WIDTH];
    const size = 1 + Math.abs(f(a)) + Math.abs(f(b));
    if (!(bend(a, b) > 1e-7 * size)) continue;
    for (let i = 0; i < HALVINGS; i++) {
      const quarter = (b - a) / 4;
      // Three overlapping halves: a kink in the middle is inside one.
      const starts = [a, a + quarter, a + 2 * quarter];
      const bends = starts.map((start) => bend(start, start + 2 * quarter));
      a = starts[bends.indexOf(Math.max(...bends))]!;
      b = a + 2 * quarter;
    }
    const middle = (a + b) / 2;
    const isNew = found.length === 0 || middle - found[found.length - 1]! > 1e-6;
    if (isNew && bend(a, b) > 1e-4 * size) found.push(Math.abs(middle) < 1e-8 ? 0 : middle);
  }
  return found;
};
