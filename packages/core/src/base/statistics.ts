import { InputError } from "./errors.ts";
import { checkKind, KIND, shown } from "./kind.ts";

/** Figures that every folder may need of a list of numbers. Empty lists give NaN. */

export const mean = (values: ArrayLike<number>): number => {
  checkKind("mean", "the values", values, KIND.numbers);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

/** The population's standard deviation, by two passes. */
export const std = (values: ArrayLike<number>): number => {
  checkKind("std", "the values", values, KIND.numbers);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) * (values[i]! - centre);
  return Math.sqrt(sum / values.length);
};

/**
 * The q-quantile by linear interpolation between order statistics (Hyndman and Fan's type 7,
 * NumPy's default). Infinite values order as numbers do.
 */
export const quantile = (values: ArrayLike<number>, q: number): number => {
  checkKind("quantile", "the values", values, KIND.numbers);
  checkKind("quantile", "q", q, KIND.number);
  if (!(q >= 0 && q <= 1)) throw new InputError("quantile", `expected q from 0 to 1, got ${shown(q)}`);
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return position === below || low === high ? low : low + (position - below) * (high - low);
};

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
