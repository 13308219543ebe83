import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import golden from "./statistics.golden.json" with { type: "json" };
import { wilson } from "./wilson.ts";

test.each(golden.wilson)(
  "%d of %d at %d agrees with statsmodels to 1e-9",
  (count, of, confidence, low, high) => {
    const interval = wilson(count!, of!, confidence);
    expect(Math.abs(interval[0] - low!)).toBeLessThan(1e-9);
    expect(Math.abs(interval[1] - high!)).toBeLessThan(1e-9);
  },
);

test("none and all touch 0 and 1 exactly", () => {
  expect(wilson(0, 50)[0]).toBe(0);
  expect(wilson(50, 50)[1]).toBe(1);
});

test("successes and failures mirror each other", () => {
  const [low, high] = wilson(7, 50);
  expect(wilson(43, 50)[0]).toBeCloseTo(1 - high, 14);
  expect(wilson(43, 50)[1]).toBeCloseTo(1 - low, 14);
});

test.each([
  [0, 0],
  [3, 2],
  [-1, 5],
  [1.5, 5],
  [Number.NaN, 5],
])("%d of %d is refused", (count, of) => {
  expect(() => wilson(count, of)).toThrow(InputError);
});
