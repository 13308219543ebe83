import { expect, test } from "vitest";
import type { Parameters } from "../../../base/index.ts";
import { batchNorm, type Model } from "../../../model/index.ts";
import { network } from "../index.ts";

const model: Model = { input: [2, 2], layers: [batchNorm({ momentum: 0.25, epsilon: 1e-3 })] };
const vector = (...data: number[]) => ({ shape: [data.length], data: Float64Array.from(data) });
const parameters: Parameters = { "batchNorm1/scale": vector(2, 1), "batchNorm1/shift": vector(0, 3) };
/** Two features at two positions of two samples: means 4 and 10, variances 5 and 0. */
const x = Float64Array.of(1, 3, 5, 7, 10, 10, 10, 10);
const stateOf = (net: ReturnType<typeof network>): Record<string, number[]> =>
  Object.fromEntries([...net.state].map(([path, values]) => [path, [...values]]));

test("training moves the running statistics by momentum, the variance to the unbiased one", () => {
  const net = network(model, parameters);
  const y = net.forward(x, 2, "train");
  expect(y[0]).toBeCloseTo((2 * (1 - 4)) / Math.sqrt(5.001), 14);
  expect([...y.slice(4)]).toEqual([3, 3, 3, 3]);
  expect(stateOf(net)).toEqual({
    "batchNorm1/mean": [1, 2.5],
    "batchNorm1/variance": [0.75 + (0.25 * 20) / 3, 0.75],
  });
});

test("a measurement takes the batch's statistics, an evaluation the running ones, and neither moves them", () => {
  const net = network(model, parameters);
  expect(net.hasModes).toBe(true);
  const trained = [...net.forward(x, 2, "train")];
  const state = stateOf(net);
  expect([...net.forward(x, 2, "measure")]).toEqual(trained);
  const evaluated = [...net.forward(x, 2, "evaluate")];
  expect(evaluated[1]).toBeCloseTo((2 * (3 - 1)) / Math.sqrt(state["batchNorm1/variance"]![0]! + 1e-3), 14);
  expect(stateOf(net)).toEqual(state);

  const again = network(model, parameters, {
    state: Object.fromEntries(Object.entries(state).map(([path, values]) => [path, vector(...values)])),
  });
  expect([...again.forward(x, 2)]).toEqual(evaluated);
});

test("a single value per feature, which has no variance, moves nothing", () => {
  const net = network({ input: 2, layers: [batchNorm()] }, parameters);
  expect([...net.forward(Float64Array.of(5, 6), 1, "train")]).toEqual([0, 3]);
  expect(stateOf(net)).toEqual({ "batchNorm1/mean": [0, 0], "batchNorm1/variance": [1, 1] });
});

test("a state that does not fit the model is refused by path", () => {
  const mean = { "batchNorm1/mean": vector(0, 0) };
  expect(() => network(model, parameters, { state: mean })).toThrow(
    "state: expected 2 values for batchNorm1/variance, got none",
  );
  const variance = { "batchNorm1/variance": vector(1, 1, 1) };
  expect(() => network(model, parameters, { state: { ...mean, ...variance } })).toThrow("got 3");
  const other = { ...mean, "batchNorm1/variance": vector(1, 1), "batchNorm2/mean": vector(0) };
  expect(() => network(model, parameters, { state: other })).toThrow(
    "no layer of this model keeps batchNorm2/mean",
  );
});
