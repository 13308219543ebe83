import { expect, test } from "vitest";
import { InputError, std } from "../base/index.ts";
import { key } from "../random/index.ts";
import { stdOfCut } from "./std-of-cut.ts";
import golden from "./truncated-normal.golden.json" with { type: "json" };
import { truncatedNormal } from "./truncated-normal.ts";

test.each(golden.cuts)(
  "cut at $low and $high the standard deviation is SciPy's",
  ({ low, high, std: wanted }) => {
    expect(Math.abs(stdOfCut(low, high) / wanted - 1)).toBeLessThan(1e-9);
  },
);

test("bounds close together are uniform between them", () => {
  expect(stdOfCut(1, 1.000001) / (1e-6 / Math.sqrt(12))).toBeCloseTo(1, 6);
});

test("whatever the bounds, what is drawn has the standard deviation asked for, and keeps within them", () => {
  for (const [low, high] of [
    [-2, 2],
    [-1, 1],
    [0, 3],
    [1, 4],
  ] as const) {
    const one = truncatedNormal({ mean: 5, std: 0.3, low, high });
    const { data } = one.draw([100, 1000], key(1));
    const parent = 0.3 / stdOfCut(low, high);
    expect(Math.abs(std(data) / 0.3 - 1)).toBeLessThan(0.012);
    expect(Math.min(...data.subarray(0, 50_000))).toBeGreaterThanOrEqual(Math.fround(5 + low * parent));
    expect(Math.max(...data.subarray(0, 50_000))).toBeLessThanOrEqual(Math.fround(5 + high * parent));
  }
});

test.each([{ low: 2, high: -2 }, { low: 1, high: 1 }, { low: Number.NaN }, { std: -1 }])(
  "%j is refused",
  (options) => {
    expect(() => truncatedNormal(options)).toThrow(InputError);
  },
);
