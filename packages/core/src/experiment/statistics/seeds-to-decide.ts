import { checkKind, InputError, KIND, type KindsOf, optionsOf, shown } from "../../base/index.ts";
import { log } from "../../math/index.ts";
import { mcnemar } from "./mcnemar.ts";
import type { StepsRatio } from "./steps-ratio.ts";

export interface Undecided {
  /** Seeds so far. */
  readonly seeds: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly stepsRatio: Pick<StepsRatio, "median" | "interval">;
  /** Pairs tested at once: McNemar's p is held against α ÷ pairs, Holm's strictest step. */
  readonly pairs?: number;
  readonly alpha?: number;
}

const KINDS: KindsOf<Undecided> = {
  seeds: KIND.number,
  onlyA: KIND.number,
  onlyB: KIND.number,
  stepsRatio: KIND.object,
  pairs: KIND.number,
  alpha: KIND.number,
};

/** No projection is worth more than this many times the seeds that there are. */
const FARTHEST = 1000;

/**
 * How many more seeds would decide between A and B, if what was seen so far went on: 0 where it is
 * decided, `null` where no number of them would or none within a thousand times the seeds.
 *
 * Decided is either of: McNemar's p < α ÷ pairs, projected by letting onlyA and onlyB grow in
 * proportion; or an interval of the ratio of steps without 1, projected by letting its half
 * towards 1 shrink, in logs, with 1/√seeds. The smaller number counts. It is an estimate from
 * noisy figures: good to about a factor of two.
 *
 * ```ts
 * seedsToDecide({ seeds: 10, onlyA: 3, onlyB: 0, stepsRatio: { median: null, interval: null } }); // 10
 * seedsToDecide({ seeds: 10, onlyA: 0, onlyB: 0, stepsRatio: { median: 0.9, interval: [0.81, 1] } }); // 1
 * seedsToDecide({ seeds: 10, onlyA: 0, onlyB: 0, stepsRatio: { median: 1, interval: [0.9, 1.1] } }); // null
 * ```
 */
export const seedsToDecide = (undecided: Undecided): number | null => {
  const {
    seeds,
    onlyA,
    onlyB,
    stepsRatio,
    pairs = 1,
    alpha = 0.05,
  } = optionsOf("seedsToDecide", undecided, KINDS);
  for (const [name, count, least] of [
    ["seeds", seeds, 1],
    ["onlyA", onlyA, 0],
    ["onlyB", onlyB, 0],
    ["pairs", pairs, 1],
  ] as const) {
    if (!Number.isSafeInteger(count) || count < least) {
      throw new InputError(
        "seedsToDecide",
        `expected ${name} to be an integer ≥ ${least}, got ${shown(count)}`,
      );
    }
  }
  if (!(alpha > 0 && alpha < 1)) {
    throw new InputError("seedsToDecide", `expected alpha between 0 and 1, got ${shown(alpha)}`);
  }
  checkKind("seedsToDecide", "stepsRatio", stepsRatio, KIND.object);
  const total = Math.min(seedsByOutcome(seeds, onlyA, onlyB, alpha / pairs), seedsByRatio(seeds, stepsRatio));
  return total <= FARTHEST * seeds ? Math.max(0, total - seeds) : null;
};

/** Doubling finds an end; then the smallest number by halving. p falls with the seeds but for rounding. */
const seedsByOutcome = (seeds: number, onlyA: number, onlyB: number, level: number): number => {
  if (onlyA === onlyB) return Infinity;
  const decides = (n: number) =>
    mcnemar(Math.floor((onlyA * n) / seeds), Math.floor((onlyB * n) / seeds)) < level;
  let high = seeds;
  while (!decides(high)) {
    if (high > FARTHEST * seeds) return Infinity;
    high *= 2;
  }
  if (high === seeds) return seeds;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high;
};

const seedsByRatio = (seeds: number, { median, interval }: Undecided["stepsRatio"]): number => {
  if (median === null || interval === null || median === 1) return Infinity;
  const [low, high] = interval;
  if (low > 1 || high < 1) return seeds;
  const edge = median < 1 ? high : low;
  if (!(median > 0 && median < Infinity && edge > 0 && edge < Infinity)) return Infinity;
  const widths = log(edge / median) / log(median);
  // One seed more than puts the edge exactly on 1.
  return Math.floor(seeds * widths * widths + 1e-9) + 1;
};
