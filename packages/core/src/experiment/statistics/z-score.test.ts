import { expect, test } from "vitest";
import { InputError } from "../../base/index.ts";
import golden from "./statistics.golden.json" with { type: "json" };
import { zScore } from "./z-score.ts";

test.each(golden.z)("the z of %d agrees with SciPy to 1e-9", (confidence, z) => {
  expect(Math.abs(zScore(confidence!) - z!)).toBeLessThan(1e-9);
});

test.each([0, 1, -0.5, 0.99999999, Number.NaN])("a confidence of %d is refused", (confidence) => {
  expect(() => zScore(confidence)).toThrow(InputError);
});
