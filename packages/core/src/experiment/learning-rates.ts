import { checkKind, InputError, KIND, shown } from "../base/index.ts";
import { pow } from "../math/index.ts";
import { bestCell, type Cell } from "./summary.ts";

/** A search for learning rates: the first ones, and how many may be added at either end. */
export interface RateSearch {
  readonly from: readonly number[];
  readonly most: number;
}

/** Rates that a search may add at either end: four, a factor of 100. */
export const MOST_ADDED = 4;

/**
 * `count` learning rates from one to another, both among them, each the same multiple of the one before.
 *
 * ```ts
 * rateRange(0.001, 1, 4); // [0.001, 0.01, 0.1, 1]
 * ```
 *
 * Errors: `InputError` unless 0 < low < high and there are 2 to 100.
 */
export const rateRange = (low: number, high: number, count: number): number[] => {
  for (const end of [low, high]) checkKind("rateRange", "both ends", end, KIND.finite);
  if (!(low > 0 && low < high)) {
    throw new InputError("rateRange", `expected 0 < low < high, got ${low} and ${high}`);
  }
  if (!Number.isSafeInteger(count) || count < 2 || count > 100) {
    throw new InputError("rateRange", `expected 2 to 100 rates, got ${shown(count)}`);
  }
  // Twelve digits: 0.001..1 over 4 are 0.01 and 0.1, as one would write them.
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? low : i === count - 1 ? high : Number((low * pow(high / low, i / (count - 1))).toPrecision(12)),
  );
};

/** At which end of the rates that were tried the best one lies; "only" where one was tried, `null` inside. */
export const endOf = (cells: readonly Cell[], best: Cell): "lowest" | "highest" | "only" | null => {
  const rates = cells.map(({ learningRate }) => learningRate);
  if (rates.length === 1) return "only";
  if (best.learningRate === Math.max(...rates)) return "highest";
  return best.learningRate === Math.min(...rates) ? "lowest" : null;
};

/**
 * The rate that a search tries next for an initialization whose rates are done, or `null` where its best lies inside
 * or as many as allowed were added there. Where no run has reached the target, the best is the rate with the lowest
 * median of the final losses; where all are equal none is better than another, and there is nothing to look for.
 */
export const nextRate = (cells: readonly Cell[], { from, most }: RateSearch): number | null => {
  const sorted = [...cells].sort((a, b) => a.learningRate - b.learningRate);
  const end = endOf(sorted, bestCell(sorted));
  const rates = sorted.map(({ learningRate }) => learningRate);
  const [low, high] = [Math.min(...from), Math.max(...from)];
  if (end === "highest") {
    return rates.filter((rate) => rate > high).length < most ? above(rates[rates.length - 1]!) : null;
  }
  if (end === "lowest") return rates.filter((rate) => rate < low).length < most ? below(rates[0]!) : null;
  return null;
};

/** The next rate of 1, 3, 10, 30, …. */
const above = (rate: number): number => {
  const [digits, exponent] = parts(rate);
  return digits < 3 ? Number(`3e${exponent}`) : Number(`1e${exponent + 1}`);
};

const below = (rate: number): number => {
  const [digits, exponent] = parts(rate);
  return digits > 3
    ? Number(`3e${exponent}`)
    : digits > 1
      ? Number(`1e${exponent}`)
      : Number(`3e${exponent - 1}`);
};

const parts = (rate: number): readonly [digits: number, exponent: number] => {
  const [digits, exponent] = rate.toExponential().split("e");
  return [Number(digits), Number(exponent)];
};
