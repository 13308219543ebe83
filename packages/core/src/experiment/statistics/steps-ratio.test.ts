import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import golden from "./statistics.golden.json" with { type: "json" };
import { stepsRatio } from "./steps-ratio.ts";

const { a, b, medianRatio } = golden.spread;

/** Weyl's sequence: equally spread, the same each time. */
const weyl = () => {
  let u = 0;
  return () => {
    u += 0.6180339887498949;
    u -= Math.floor(u);
    return u;
  };
};

test("the median ratio agrees with NumPy to 1e-9 and lies in its interval", () => {
  const ratio = stepsRatio(a, b, { uniform: weyl() });
  expect(Math.abs(ratio.median! - medianRatio)).toBeLessThan(1e-9);
  expect(ratio.interval![0]).toBeLessThan(medianRatio);
  expect(ratio.interval![1]).toBeGreaterThan(medianRatio);
});

test("A against B is one over B against A in the counts", () => {
  const [there, back] = [stepsRatio(a, b, { uniform: weyl() }), stepsRatio(b, a, { uniform: weyl() })];
  expect([back.fewerA, back.fewerB]).toEqual([there.fewerB, there.fewerA]);
});

test("never counts as more than any number, and two never as a tie", () => {
  const ratio = stepsRatio([100, Infinity, Infinity, 50], [Infinity, 100, Infinity, 50], { uniform: weyl() });
  expect(ratio).toEqual({ both: 1, unresolved: 0, median: 1, interval: null, fewerA: 1, fewerB: 1 });
});

test("with no seed in which both reached there is no ratio", () => {
  expect(stepsRatio([Infinity], [10], { uniform: weyl() })).toEqual({
    both: 0,
    unresolved: 0,
    median: null,
    interval: null,
    fewerA: 0,
    fewerB: 1,
  });
});

test("step 0 against step 0 is a ratio of 1, against a later step 0", () => {
  expect(stepsRatio([0], [0], { uniform: weyl() }).median).toBe(1);
  expect(stepsRatio([0], [10], { uniform: weyl() }).median).toBe(0);
});

test("lists of unequal length are refused", () => {
  expect(() => stepsRatio([1], [1, 2], { uniform: weyl() })).toThrow(InputError);
});

test("tested every 33 steps, four that were seen at step 33 are neither equal nor apart", () => {
  const same = Array.from({ length: 8 }, () => 33);
  const ratio = stepsRatio(same, same, { uniform: weyl() }, 33);
  expect(ratio).toMatchObject({ unresolved: 8, fewerA: 0, fewerB: 0, median: null });
  // One may have been there at step 1 and the other at 33.
  expect(ratio.interval).toEqual([1 / 33, 33]);
  expect(stepsRatio(same, same, { uniform: weyl() })).toMatchObject({
    unresolved: 0,
    median: 1,
    interval: [1, 1],
  });
});

test("the interval holds the ratio of every step wherever the tests fell", () => {
  const exactA = [101, 164, 212, 90, 77, 145, 120, 133];
  const exactB = [240, 250, 520, 199, 230, 301, 266, 318];
  const seen = (steps: number[], every: number) => steps.map((step) => every * Math.ceil(step / every));
  const exact = stepsRatio(exactA, exactB, { uniform: weyl() });
  for (const every of [5, 25, 60]) {
    const ratio = stepsRatio(seen(exactA, every), seen(exactB, every), { uniform: weyl() }, every);
    expect(ratio.interval![0]).toBeLessThanOrEqual(exact.interval![0]);
    expect(ratio.interval![1]).toBeGreaterThanOrEqual(exact.interval![1]);
  }
});
