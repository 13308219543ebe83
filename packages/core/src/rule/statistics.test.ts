import { expect, test } from "vitest";
import { statisticsPass } from "./statistics.ts";

/** A plain sequence that looks random: no generator of ours is needed. */
const noise = (count: number, seed = 1): number[] => {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return Math.fround(state / 2_147_483_647 - 0.5);
  });
};
const of = (values: readonly number[], shape = [values.length], parts = values.length) => {
  const pass = statisticsPass({ shape });
  for (let i = 0; i < values.length; i += parts) pass.add(values.slice(i, i + parts));
  return pass.finish();
};

test("moments are those of two plain passes, however the values are cut, also far from 0", () => {
  const values = noise(5_000).map((x) => 1_000 + x * x * x);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const central = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
  for (const parts of [1, 7, 4_999, 5_000]) {
    const found = of(values, [50, 100], parts);
    expect(found.mean).toBeCloseTo(mean, 10);
    expect(found.std / Math.sqrt(central(2))).toBeCloseTo(1, 9);
    expect(found.skewness).toBeCloseTo(central(3) / central(2) ** 1.5, 7);
    expect(found.kurtosis).toBeCloseTo(central(4) / central(2) ** 2, 7);
    expect([found.min, found.max]).toEqual([Math.min(...values), Math.max(...values)]);
  }
});

test("values that are not finite, zeros and denormals are counted and kept out of the moments", () => {
  const found = of([1, Number.NaN, 0, -1, Infinity, 1e-40]);
  expect([found.notFinite, found.zeros, found.denormals]).toEqual([2, 1, 1]);
  expect(found.mean).toBeCloseTo(0, 12);
  expect(found.std).toBeCloseTo(Math.sqrt(2 / 4), 12);
});

test("units that repeat another are counted along the axis of outputs; units of zeros are not", () => {
  const values = [1, 2, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 3, 2, 1];
  expect(of(values, [5, 3])).toMatchObject({ units: 5, tiedUnits: 1, unitSize: 3 });
  const last = statisticsPass({ shape: [3, 3], units: "last" });
  last.add([1, 5, 1, 2, 6, 2, 3, 7, 3]);
  expect(last.finish()).toMatchObject({ units: 3, tiedUnits: 1 });
});

test("equal values have equal hashes, another order another one; the sample is evenly spaced", () => {
  const values = noise(40_000);
  const found = of(values, [200, 200], 999);
  expect(found.hash).toBe(of(values, [200, 200]).hash);
  expect(found.hash).not.toBe(of(values.toReversed(), [200, 200]).hash);
  expect(found.sample.length).toBeLessThanOrEqual(16_384);
  expect([...found.sample.slice(0, 3)]).toEqual([values[0], values[3], values[6]]);
});

test("sums of squares are kept of rows and columns", () => {
  const found = of([1, 2, 3, 4, 5, 6], [2, 3]);
  expect([...found.rowSquares!]).toEqual([14, 77]);
  expect([...found.columnSquares!]).toEqual([17, 29, 45]);
});
