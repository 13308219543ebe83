import { expect, test } from "vitest";
import { dense, dropout, type Model } from "../../../model/index.ts";
import { LOSS_FUNCTIONS, network } from "../index.ts";

const model: Model = { input: [20, 25], layers: [dropout(0.3), dropout(0.3)] };
const COUNT = 40;
const ones = new Float64Array(20 * 25 * COUNT).fill(1);
const maskOf = (seed: number, step: number): number[] => {
  const net = network(model, {}, { seed });
  net.forward(ones, COUNT, "train", step);
  return [...net.layers[0]!.y];
};

test("the share that is dropped is the rate, and the rest makes up for it", () => {
  const mask = maskOf(1, 0);
  const kept = mask.filter((value) => value > 0);
  expect(new Set(kept)).toEqual(new Set([1 / 0.7]));
  // Within four standard errors.
  expect(Math.abs(kept.length / mask.length - 0.7)).toBeLessThan(4 * Math.sqrt(0.21 / mask.length));
});

test("seed, step and layer choose what is dropped, and nothing else does", () => {
  const mask = maskOf(1, 5);
  expect(maskOf(1, 5)).toEqual(mask);
  expect(maskOf(2, 5)).not.toEqual(mask);
  expect(maskOf(1, 6)).not.toEqual(mask);
  const net = network(model, {}, { seed: 1 });
  net.forward(ones, COUNT, "train", 6);
  net.forward(ones, COUNT, "train", 5);
  expect([...net.layers[0]!.y]).toEqual(mask);
  // Where the first layer keeps, the second drops its own.
  const [first, second] = net.layers;
  expect(first!.y.some((value, k) => value > 0 && second!.y[k] === 0)).toBe(true);
});

test("nothing is dropped in evaluation and in measurement", () => {
  const net = network(model, {}, { seed: 1 });
  expect(net.hasModes).toBe(true);
  net.forward(ones, COUNT, "train", 0);
  for (const mode of ["evaluate", "measure"] as const) {
    expect([...net.forward(ones, COUNT, mode)]).toEqual([...ones]);
    expect([...net.tangent(ones)]).toEqual([...ones]);
  }
});

test("what is dropped has no gradient", () => {
  const small: Model = { input: 3, layers: [dropout(0.5), dense(1)] };
  const parameters = {
    "dense1/kernel": { shape: [1, 3], data: Float64Array.of(1, 2, 3) },
    "dense1/bias": { shape: [1], data: Float64Array.of(0) },
  };
  const net = network(small, parameters, { seed: 4 });
  const x = Float64Array.of(1, 1, 1);
  for (let step = 0; step < 8; step++) {
    net.forward(x, 1, "train", step);
    net.backward({ count: 1, x, y: Float64Array.of(9) }, LOSS_FUNCTIONS.mse);
    const mask = [...net.layers[0]!.y];
    expect([...net.parameters[0]!.gradient].map((gradient) => gradient !== 0)).toEqual(
      mask.map((value) => value > 0),
    );
  }
});
