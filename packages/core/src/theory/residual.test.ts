import { expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { key } from "../random/index.ts";
import { residualSignal } from "./index.ts";

const WIDTH = 256;
const NETWORKS = 6;

/** E[x²] and the correlation of two inputs after real blocks x ← x + α W φ(x), over an ensemble. */
const measured = (name: string, depth: number, branchScale: number, weightVariance: number) => {
  const { value } = activation(name);
  let [square, product] = [0, 0];
  for (let network = 0; network < NETWORKS; network++) {
    const x = new Float64Array(2 * WIDTH);
    key(network, "data").fill(x, { kind: "normal", mean: 0, std: 1 });
    const weights = new Float64Array(WIDTH * WIDTH);
    for (let block = 0; block < depth; block++) {
      const std = Math.sqrt(weightVariance / WIDTH);
      key(network).at(`block${block}`).fill(weights, { kind: "normal", mean: 0, std });
      const signal = x.map(value);
      for (let row = 0; row < WIDTH; row++) {
        for (let input = 0; input < 2; input++) {
          let sum = 0;
          for (let i = 0; i < WIDTH; i++) sum += weights[row * WIDTH + i]! * signal[input * WIDTH + i]!;
          x[input * WIDTH + row]! += branchScale * sum;
        }
      }
    }
    for (let i = 0; i < WIDTH; i++) {
      square += (x[i]! * x[i]! + x[WIDTH + i]! * x[WIDTH + i]!) / 2;
      product += x[i]! * x[WIDTH + i]!;
    }
  }
  return { length: square / (NETWORKS * WIDTH), correlation: product / square };
};

test.each([
  ["relu", 8, 0.35],
  ["tanh", 8, 0.5],
  ["gelu", 6, 0.3],
] as const)(
  "an ensemble of wide residual networks of %s has the predicted length and correlation",
  (name, depth, scale) => {
    const { lengths, correlations, weightVariance } = residualSignal(activation(name), {
      depth,
      branchScale: scale,
    });
    const { length, correlation } = measured(name, depth, scale, weightVariance);
    // The starting lengths vary by √(2 / 3072), about 2.6 %, and blocks add to that.
    expect(Math.abs(length / lengths[depth]! - 1)).toBeLessThan(0.1);
    expect(Math.abs(correlation - correlations[depth]!)).toBeLessThan(0.06);
  },
);

test("an identity branch doubles as arithmetic says, and 1 / √depth keeps the growth below e", () => {
  expect(residualSignal(activation("linear"), { depth: 3, weightVariance: 1 }).lengths).toEqual([1, 2, 4, 8]);
  for (const depth of [10, 100, 1000]) {
    const { lengths, gradients } = residualSignal(activation("relu"), {
      depth,
      branchScale: 1 / Math.sqrt(depth),
    });
    expect(lengths[depth]).toBeGreaterThan(2.5);
    expect(lengths[depth]).toBeLessThan(Math.E);
    expect(gradients[depth]).toBeCloseTo(lengths[depth]!, 9);
  }
});

test.each([
  [{ depth: 0 }, "depth"],
  [{ depth: 2, branchScale: -1 }, "branchScale"],
  [{ depth: 2, length: 0 }, "length"],
  [{ depth: 2, correlation: 2 }, "correlation"],
  [{ depth: 2, weightVariance: Number.NaN }, "weightVariance"],
])("%o is refused by name", (options, name) => {
  expect(() => residualSignal(activation("relu"), options)).toThrow(name);
});

test("lengths that grow beyond all numbers are refused with the block, and the advice helps", () => {
  // Far out both are x above 0 and 0 below: E[φ²] = q / 2. At length 1 it is 0.5 for ReLU and 0.4252 for GELU.
  const relu = activation("relu");
  expect(() => residualSignal(relu, { depth: 9, length: 1e303 })).toThrow(/beyond 1e\+304 in block 4 of 9/);
  expect(residualSignal(relu, { depth: 3, length: 1e303 }).lengths[3]! / 1e303).toBeCloseTo(8, 9);
  expect(() => residualSignal(activation("gelu"), { depth: 9, length: 1e302 })).toThrow(/in block 6 of 9/);
  const branchScale = 1 / Math.sqrt(20);
  expect(residualSignal(relu, { depth: 20, length: 1e303, branchScale }).lengths).toHaveLength(21);
});
