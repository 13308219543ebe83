import { expect, test } from "vitest";
import { circles } from "../data/index.ts";
import { type Model, mlp } from "../model/index.ts";
import { initializationWarnings } from "../scheme/index.ts";
import { train } from "./train.ts";

const data = circles({ samples: 40, testSamples: 0, seed: 1 });
/** An odd sample more of one class: the gradient of the output bias is not 0 by chance. */
const uneven = {
  ...data,
  train: {
    ...data.train,
    count: 39,
    x: Float64Array.from([...data.train.x.slice(0, 39), ...data.train.x.slice(40, 79)]),
    y: data.train.y.slice(0, 39),
  },
};

const biased = (model: Model): Model => ({
  ...model,
  layers: model.layers.map((layer) => ({ ...layer, biasInitializer: "constant:0.5" })),
});

// By hand: where the zero layers are, and what φ and φ′ are at 0.
test.each([
  ["2-10-5-1 relu", mlp([2, 10, 5, 1]), true],
  ["2-5-12-1 relu, the first and the last layer", mlp([2, 5, 12, 1]), true],
  ["2-20-1 relu, the output alone", mlp([2, 20, 1]), false],
  ["2-20-5-20-1 tanh", mlp([2, 20, 5, 20, 1], { activation: "tanh" }), true],
  ["2-12-12-1 tanh, the output alone", mlp([2, 12, 12, 1], { activation: "tanh" }), false],
  ["2-20-5-1 sigmoid", mlp([2, 20, 5, 1], { activation: "sigmoid" }), false],
  ["2-10-5-1 relu with biases", biased(mlp([2, 10, 5, 1])), false],
])("what is said of sparse in %s is what training does", async (_, model, never) => {
  const [warning, ...others] = initializationWarnings(model, "sparse");
  expect(warning!.rule).toBe("variance/zero-kernel");
  expect(warning!.message.includes("never learns")).toBe(never);
  expect(others).toEqual([]);
  const options = { initialization: "sparse", learningRate: 0.5, steps: 200, engine: "reference" } as const;
  const { parameters } = await train(model, uneven, options);
  const kernels = Object.entries(parameters).filter(([path]) => path.endsWith("kernel"));
  const still = kernels.some(([, { data: weights }]) => weights.every((weight) => weight === 0));
  expect(still).toBe(never);
});

test("sparse in layers that are wide enough is not said to be zero", () => {
  const rules = initializationWarnings(mlp([2, 20, 20, 12]), "sparse").map(({ rule }) => rule);
  expect(rules).not.toContain("variance/zero-kernel");
});
