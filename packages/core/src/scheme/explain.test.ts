import { expect, test } from "vitest";
import { mlp } from "../model/index.ts";
import { explainInitialization, initialize } from "./index.ts";

test("auto is He on a ReLU network, bit for bit, its output layer included", () => {
  const model = mlp([2, 10, 5, 1], { activation: "relu" });
  expect(initialize(model, { seed: 3 })).toEqual(initialize(model, { initialization: "he", seed: 3 }));
});

test("the figures are what the drawn weights have", () => {
  const model = mlp([300, 200, 100], { activation: "tanh" });
  const parameters = initialize(model, { seed: 1 });
  for (const { path, std, fans } of explainInitialization(model)) {
    const { data } = parameters[path]!;
    let square = 0;
    for (const value of data) square += (value * value) / data.length;
    expect(Math.abs(Math.sqrt(square) / std! - 1)).toBeLessThan(0.02);
    expect(std).toBeCloseTo(Math.sqrt(2 / (fans.fanIn + fans.fanOut)), 12);
  }
});

test.each(["relu", "leakyRelu:0.2"])(
  "auto keeps the second moment of %s from hidden layer to output",
  (activation) => {
    const [, second, third] = explainInitialization(mlp([8, 16, 32, 3], { activation }));
    expect(second!.signal).toBeCloseTo(1, 8);
    expect(third!.signal).toBeCloseTo(1, 8);
  },
);

test("zeros carry nothing, a kernel of a layer's own says so, and what has no std has no figure", () => {
  const [zeros] = explainInitialization(mlp([2, 3, 1]), "zeros");
  expect(zeros).toMatchObject({ std: 0, signal: 0, gradient: 0 });
  const model = mlp([2, 3, 1]);
  const own = { ...model, layers: model.layers.map((layer) => ({ ...layer, kernelInitializer: "ones" })) };
  expect(explainInitialization(own)[0]!.reason).toContain("kernelInitializer");
});
