import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allocate, type Dtype } from "../../base/index.ts";
import { numpyDefaultRng } from "./numpy-default-rng.ts";
import { zigguratTables } from "./ziggurat.ts";

const GOLDEN: {
  permutations: { seed: number; count: number; values: number[] }[];
  normals: { seed: number; dtype: Dtype; count: number; tail: number[]; values: number[]; sums: number[] }[];
} = JSON.parse(readFileSync(new URL("numpy.golden.json", import.meta.url), "utf8"));

test("permutations are NumPy's", () => {
  for (const { seed, count, values } of GOLDEN.permutations) {
    const order = numpyDefaultRng(seed).permutation(count);
    const places = count === 7 ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6, 7, 255, 503, 751, 999];
    expect(places.map((at) => order[at])).toEqual(values);
  }
});

test.each(GOLDEN.normals)(
  "300,000 standard normals in $dtype: the tail is NumPy's, and so is the sum of each tenth",
  ({ seed, dtype, count, tail, values, sums }) => {
    const out = allocate(dtype, count);
    numpyDefaultRng(seed).fill(out, { kind: "normal", mean: 0, std: 1 });
    const round = dtype === "float32" ? Math.fround : (value: number) => value;
    expect(tail.length).toBeGreaterThan(50);
    expect(tail.map((at) => out[at])).toEqual(values.map(round));
    expect([...out.keys()].filter((at) => Math.abs(out[at]!) > 3.6541528853610088)).toEqual(tail);
    sums.forEach((sum, k) => {
      const part = [...out.subarray(k * 30_000, (k + 1) * 30_000)];
      expect(part.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 8);
    });
  },
);

test("every layer of the ziggurat has the same area", () => {
  const { unit, height } = zigguratTables;
  const edge = Array.from(unit, (value) => value * 4503599627370496);
  for (let i = 1; i < 255; i++) {
    expect(edge[i + 1]! * (height[i]! - height[i + 1]!)).toBeCloseTo(0.004928673233974652, 15);
  }
});
