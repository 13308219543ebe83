import { expect, test } from "vitest";
import { exp, integrate, log1p } from "../math/index.ts";
import { expectedFirstLoss } from "./first-loss.ts";

test("equal logits start at ln V", () => {
  expect(expectedFirstLoss(0, 10)).toBeCloseTo(Math.LN10, 12);
  expect(expectedFirstLoss(1e-3, 50_257)).toBeCloseTo(Math.log(50_257) + 5e-7, 6);
});

test("two classes are E ln(1 + e^d) with d of variance 2 s²", () => {
  for (const s of [0.3, 1, 4]) {
    const density = (d: number) => exp((-d * d) / (4 * s * s)) / Math.sqrt(4 * Math.PI * s * s);
    const softplus = (d: number) => Math.max(d, 0) + log1p(exp(-Math.abs(d)));
    const { value } = integrate((d) => density(d) * softplus(d), [-14 * s, 0, 14 * s], 1e-10);
    expect(expectedFirstLoss(s, 2)).toBeCloseTo(value, 7);
  }
});

// Means of ln Σ e^{sz} over 64 logits; measured on networks of PyTorch: 4.167, 4.674, 7.65, 27.3.
test.each([
  [0.12, 4.167],
  [1.03, 4.674],
  [2.9, 7.65],
  [11.6, 27.3],
])("64 logits of σ %f start within 2 %% of %f", (s, measured) => {
  expect(Math.abs(expectedFirstLoss(s, 64) / measured - 1)).toBeLessThan(0.02);
});
