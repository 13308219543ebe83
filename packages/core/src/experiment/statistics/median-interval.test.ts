import { expect, test } from "vitest";
import { medianInterval } from "./median-interval.ts";

// Ranks k of the exact 95 % interval by n, from tables of the sign test (Conover, Practical Nonparametric Statistics, A3).
test.each([
  [6, 1],
  [8, 1],
  [9, 2],
  [10, 2],
  [20, 6],
  [25, 8],
  [30, 10],
  [50, 18],
  [100, 40],
])("of %i values the interval is from the %i-th smallest to the same from the top", (n, k) => {
  const values = Array.from({ length: n }, (_, i) => n - i);
  expect(medianInterval(values)).toEqual([k, n + 1 - k]);
});

test("fewer than six values have none, and never is a value", () => {
  expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
  expect(medianInterval([1, 2, 3, 4, 5, Infinity])).toEqual([1, Infinity]);
});

test("where 2⁻ⁿ is no number any more, the rank goes on as it did", () => {
  const rank = (n: number) => medianInterval(Array.from({ length: n }, (_, i) => i + 1))![0];
  expect(rank(1074) - rank(1070)).toBeLessThan(4);
  expect(rank(1080)).toBeGreaterThanOrEqual(rank(1070));
});
