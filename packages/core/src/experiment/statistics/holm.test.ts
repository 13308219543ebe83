import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import { holm } from "./holm.ts";
import golden from "./statistics.golden.json" with { type: "json" };

test.each(golden.holm)("%j agrees with statsmodels to 1e-9", (ps, expected) => {
  const adjusted = holm(ps!);
  expect(adjusted).toHaveLength(expected!.length);
  for (const [i, p] of expected!.entries()) expect(Math.abs(adjusted[i]! - p)).toBeLessThan(1e-9);
});

test("no tests give no p", () => {
  expect(holm([])).toEqual([]);
});

test.each([-0.1, 1.1, Number.NaN])("a p of %d is refused", (p) => {
  expect(() => holm([0.5, p])).toThrow(InputError);
});
