import { expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { hermitePair } from "./hermite-pair.ts";
import { residualSignal } from "./index.ts";
import { pointsOf, squareAt } from "./moments.ts";
import { pairOf } from "./pairs.ts";

const LENGTHS = [0.01, 0.3, 1, 2.3];
const CORRELATIONS = [-0.9, -0.3, 0, 0.2, 0.5, 0.8, 0.9];

/** E[relu(z₁) relu(z₂)], Cho and Saul 2009. */
const arcCosine = (c: number): number =>
  (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / (2 * Math.PI);

const series = (name: string, q: number, c: number): number | null => {
  const phi = activation(name);
  return hermitePair(phi, q, c, squareAt(phi, q), pointsOf(phi, Math.sqrt(q)));
};

test("of the sine, E[φφ] is e^−q sinh(q c), as the series says", () => {
  for (const q of LENGTHS) {
    for (const c of CORRELATIONS) {
      expect(series("sin", q, c)! - Math.exp(-q) * Math.sinh(q * c)).toBeCloseTo(0, 12);
    }
  }
});

test("of ReLU, whose kink makes the series slow, it is the arc-cosine kernel or nothing", () => {
  let known = 0;
  for (const q of [1, 7]) {
    for (const c of CORRELATIONS) {
      const found = series("relu", q, c);
      if (found === null) continue;
      known++;
      expect(found / (q * arcCosine(c)) - 1).toBeCloseTo(0, 10);
    }
  }
  expect(known).toBeGreaterThan(9);
});

test("far out an activation is its asymptotes", () => {
  for (const name of ["silu", "gelu", "mish", "elu"]) {
    for (const c of [-0.5, 0.3, 0.95]) {
      const phi = activation(name);
      expect(pairOf(phi, 1.1e28, c) / 1.1e28).toBeCloseTo(arcCosine(c), 12);
      expect(pairOf(phi, 0.9e28, c) / 0.9e28).toBeCloseTo(arcCosine(c), 5);
      expect(squareAt(phi, 1.1e28) / 1.1e28).toBeCloseTo(0.5, 12);
    }
  }
});

test("a thousand blocks take few evaluations each", () => {
  const silu = activation("silu");
  let evaluations = 0;
  const counted = {
    ...silu,
    value: (x: number): number => {
      evaluations++;
      return silu.value(x);
    },
  };
  const { lengths, correlations } = residualSignal(counted, { depth: 1000, branchScale: 0.03 });
  expect(lengths[1000]).toBeCloseTo(2.651225100314, 11);
  expect(correlations[1000]).toBeCloseTo(0.126426024891, 10);
  expect(evaluations / 1000).toBeLessThan(4000);
});
