import { expect, test } from "vitest";
import { mcnemar } from "./mcnemar.ts";
import { seedsToDecide } from "./seeds-to-decide.ts";

const noRatio = { median: null, interval: null };

test("what McNemar decides already needs no more seeds", () => {
  expect(mcnemar(9, 1)).toBeLessThan(0.05);
  expect(seedsToDecide({ seeds: 20, onlyA: 9, onlyB: 1, stepsRatio: noRatio })).toBe(0);
});

test("several pairs ask for more seeds than one", () => {
  const state = { seeds: 20, onlyA: 9, onlyB: 1, stepsRatio: noRatio };
  expect(mcnemar(9, 1)).toBeGreaterThan(0.05 / 6);
  expect(seedsToDecide({ ...state, pairs: 6 })).toBeGreaterThan(0);
});

test("the outcomes' projection is the first number of seeds at which McNemar's p is small enough", () => {
  const [seeds, onlyA, onlyB] = [50, 6, 2];
  const total = seeds + seedsToDecide({ seeds, onlyA, onlyB, stepsRatio: noRatio })!;
  const p = (n: number) => mcnemar(Math.floor((onlyA * n) / seeds), Math.floor((onlyB * n) / seeds));
  expect(p(total)).toBeLessThan(0.05);
  expect(p(total - 1)).toBeGreaterThanOrEqual(0.05);
});

test("an interval of the ratio on one side of 1 decides", () => {
  const stepsRatio = { median: 0.74, interval: [0.69, 0.8] as const };
  expect(seedsToDecide({ seeds: 50, onlyA: 0, onlyB: 0, stepsRatio })).toBe(0);
});

test("an interval twice as wide as needed asks for three times as many seeds again", () => {
  const stepsRatio = { median: 0.5, interval: [0.125, 2] as const };
  const more = seedsToDecide({ seeds: 50, onlyA: 0, onlyB: 0, stepsRatio })!;
  expect(Math.abs(more - 150)).toBeLessThanOrEqual(1);
});

test("no difference is never decided, nor one too small to see", () => {
  expect(seedsToDecide({ seeds: 50, onlyA: 4, onlyB: 4, stepsRatio: noRatio })).toBeNull();
  const tiny = { median: 0.9999, interval: [0.5, 2] as const };
  expect(seedsToDecide({ seeds: 50, onlyA: 0, onlyB: 0, stepsRatio: tiny })).toBeNull();
});
