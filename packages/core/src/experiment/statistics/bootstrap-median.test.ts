import { describe, expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import { bootstrapMedian } from "./bootstrap-median.ts";
import golden from "./statistics.golden.json" with { type: "json" };

const from = (uniforms: readonly number[]) => {
  let at = 0;
  return () => uniforms[at++]!;
};

describe.each(golden.bootstrap)(
  "$resamples resamples",
  ({ values, uniforms, resamples, confidence, interval }) => {
    test("agree with NumPy on the same draws to 1e-9", () => {
      const [low, high] = bootstrapMedian(values, { uniform: from(uniforms), resamples, confidence })!;
      expect(Math.abs(low - interval[0]!)).toBeLessThan(1e-9);
      expect(Math.abs(high - interval[1]!)).toBeLessThan(1e-9);
    });
  },
);

test("five values have no interval of 95 %, six have", () => {
  const options = { uniform: from(Array.from({ length: 60 }, (_, i) => ((i * 7) % 13) / 13)), resamples: 10 };
  expect(bootstrapMedian([1, 2, 3, 4, 5], options)).toBeNull();
  expect(bootstrapMedian([1, 2, 3, 4, 5, 6], options)).not.toBeNull();
  expect(bootstrapMedian([], options)).toBeNull();
});

test("a uniform of 1 does not read past the end", () => {
  expect(bootstrapMedian([1, 2, 3, 4, 5, 6], { uniform: () => 1, resamples: 3 })).toEqual([6, 6]);
});

test("infinite values order as numbers do", () => {
  const values = [1, 2, 3, Infinity, Infinity, Infinity];
  expect(bootstrapMedian(values, { uniform: () => 0.99, resamples: 3 })).toEqual([Infinity, Infinity]);
});

test.each([
  { resamples: 0 },
  { resamples: 2.5 },
  { confidence: 0 },
  { confidence: 1 },
  { confidence: Number.NaN },
])("%j is refused", (options) => {
  expect(() => bootstrapMedian([1, 2, 3, 4, 5, 6], { uniform: () => 0.5, ...options })).toThrow(InputError);
});
