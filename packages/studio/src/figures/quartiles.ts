import type { Band } from "./figures.ts";

/** Values at one log point, in order; a buffer that is used again and again. */
let sorted = new Float64Array(64);

/**
 * Quartiles over columns, kept while the columns grow. At a log point they depend only on which columns
 * have come so far, so a point is worked out again only when one more has.
 *
 * ```ts
 * const quartiles = growingQuartiles(2);
 * quartiles([{ logged: 2, values: [1, 10] }, { logged: 1, values: [3] }]).median; // [2, 10]
 * ```
 */
export const growingQuartiles = (points: number) => {
  const low = new Float64Array(points).fill(Number.NaN);
  const median = new Float64Array(points).fill(Number.NaN);
  const high = new Float64Array(points).fill(Number.NaN);
  const counts = new Uint32Array(points);
  const band: Band = { low, median, high };
  return (columns: readonly { readonly logged: number; readonly values: ArrayLike<number> }[]): Band => {
    if (sorted.length < columns.length) sorted = new Float64Array(2 * columns.length);
    for (let k = 0; k < points; k++) {
      let count = 0;
      for (const { logged, values } of columns) if (logged > k) sorted[count++] = values[k]!;
      if (count === counts[k]) continue;
      counts[k] = count;
      const ordered = sorted.subarray(0, count).sort();
      low[k] = at(ordered, 0.25);
      median[k] = at(ordered, 0.5);
      high[k] = at(ordered, 0.75);
    }
    return band;
  };
};

/** Linear between order statistics, as core's `quantile`, of values in order. */
const at = (ordered: Float64Array, q: number): number => {
  if (ordered.length === 0) return Number.NaN;
  const position = (ordered.length - 1) * q;
  const below = Math.floor(position);
  const low = ordered[below]!;
  const high = ordered[Math.min(below + 1, ordered.length - 1)]!;
  return low === high ? low : low + (position - below) * (high - low);
};
