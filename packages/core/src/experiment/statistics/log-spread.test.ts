import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import { logSpread } from "./log-spread.ts";
import golden from "./statistics.golden.json" with { type: "json" };

const { a, b, paired, unpaired } = golden.spread;

test("paired and unpaired spread agree with NumPy to 1e-9", () => {
  const spread = logSpread(a, b);
  expect(spread.both).toBe(a.length);
  expect(Math.abs(spread.paired - paired)).toBeLessThan(1e-9);
  expect(Math.abs(spread.unpaired - unpaired)).toBeLessThan(1e-9);
});

test("seeds in which one never reached, or reached at step 0, are left out", () => {
  const spread = logSpread([...a, Infinity, 100, 0], [...b, 100, Infinity, 100]);
  expect(spread).toEqual(logSpread(a, b));
});

test("fewer than two seeds have no spread", () => {
  expect(logSpread([100], [200])).toEqual({ both: 1, paired: Number.NaN, unpaired: Number.NaN });
});

test("lists of unequal length and numbers that are no steps are refused", () => {
  expect(() => logSpread([1], [1, 2])).toThrow(InputError);
  expect(() => logSpread([1, -1], [1, 2])).toThrow(InputError);
  expect(() => logSpread([1, 2], [1, Number.NaN])).toThrow(InputError);
});
