import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import { mcnemar } from "./mcnemar.ts";
import golden from "./statistics.golden.json" with { type: "json" };

test.each(golden.mcnemar)("%d against %d agrees with SciPy to 1e-9, relative", (a, b, p) => {
  expect(Math.abs(mcnemar(a!, b!) - p!)).toBeLessThanOrEqual(1e-9 * p!);
});

test("the order of the two does not matter", () => {
  for (let a = 0; a < 30; a++) {
    for (let b = 0; b < a; b++) expect(mcnemar(a, b)).toBe(mcnemar(b, a));
  }
});

test("p falls as the split of the same seeds becomes more one-sided", () => {
  const ps = Array.from({ length: 21 }, (_, onlyA) => mcnemar(onlyA, 40 - onlyA));
  for (const [onlyA, p] of ps.entries()) {
    if (onlyA > 0) expect(p).toBeGreaterThan(ps[onlyA - 1]!);
  }
});

test.each([-1, 0.5, Number.NaN, Infinity])("a count of %d is refused", (count) => {
  expect(() => mcnemar(count, 1)).toThrow(InputError);
  expect(() => mcnemar(1, count)).toThrow(InputError);
});
