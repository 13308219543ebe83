import { checkKind, InputError, KIND, shown } from "../../base/index.ts";
import { holm } from "./holm.ts";
import { mcnemar } from "./mcnemar.ts";

/** Seeds in which one took fewer steps, and in which the other did; the rest are ties. */
export type Wins = readonly [a: number, b: number];

/** No projection is worth more than this many times the seeds that there are. */
const FARTHEST = 1000;

/**
 * Of each pair how many more seeds would decide it if all pairs went on as they did so far: 0 where it is decided,
 * `null` where no number of them would or none within a thousand times the seeds.
 *
 * Decided is what is said of a pair: the sign test of who took fewer steps, by Holm over all pairs, p < α. The
 * projection lets the wins of all pairs grow in proportion and makes the same test again. It is the number of
 * seeds at which about half of such comparisons are decided, all of them where one side has won every seed.
 *
 * ```ts
 * seedsToDecide([[6, 0], [6, 0], [6, 0], [6, 0], [6, 0], [6, 0]], 6)[0]; // 2
 * seedsToDecide([[6, 0]], 6); // [0]
 * seedsToDecide([[3, 3]], 6); // [null]
 * ```
 */
export const seedsToDecide = (pairs: readonly Wins[], seeds: number, alpha = 0.05): (number | null)[] => {
  checkKind("seedsToDecide", "the pairs", pairs, KIND.list);
  if (!Number.isSafeInteger(seeds) || seeds < 0) {
    throw new InputError("seedsToDecide", `expected seeds to be an integer ≥ 0, got ${shown(seeds)}`);
  }
  if (!(alpha > 0 && alpha < 1)) {
    throw new InputError("seedsToDecide", `expected alpha between 0 and 1, got ${shown(alpha)}`);
  }
  const known = new Map<number, readonly number[]>();
  const adjusted = (n: number): readonly number[] => {
    const found =
      known.get(n) ?? holm(pairs.map(([a, b]) => mcnemar(grown(a, n, seeds), grown(b, n, seeds))));
    known.set(n, found);
    return found;
  };
  return pairs.map(([a, b], i) => {
    const decides = (n: number): boolean => adjusted(n)[i]! < alpha;
    if (decides(seeds)) return 0;
    if (a === b) return null;
    // Doubling finds an end; then the smallest number by halving. p falls with the seeds but for rounding.
    let high = seeds;
    while (!decides(high)) {
      if (high > FARTHEST * seeds) return null;
      high *= 2;
    }
    let low = high / 2;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (decides(middle)) high = middle;
      else low = middle;
    }
    return high <= FARTHEST * seeds ? high - seeds : null;
  });
};

const grown = (wins: number, n: number, seeds: number): number => Math.round((wins * n) / seeds);
