import { expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import { blobs, circles, classFrequencies, type Dataset } from "../data/index.ts";
import { train } from "../experiment/index.ts";
import { type DenseLayer, type Model, mlp, withOutputPrior } from "../model/index.ts";
import { key } from "../random/index.ts";
import { initializer, outputPrior } from "./index.ts";

/** The data without the later part of a class, so that classes are uneven. */
const uneven = (data: Dataset, drop: number): Dataset => {
  const { count, x, y } = data.train;
  const kept = [...y.keys()].filter((i) => y[i] !== 1 || i % drop === 0);
  const column = (values: Float64Array, feature: number) => kept.map((i) => values[feature * count + i]!);
  const features = Array.from({ length: data.features }, (_, feature) => column(x, feature));
  const train = {
    count: kept.length,
    x: Float64Array.from(features.flat()),
    y: Float64Array.from(column(y, 0)),
  };
  return { ...data, train };
};

const entropy = (frequencies: readonly number[]): number => {
  const sum = frequencies.reduce((all, one) => all + one, 0);
  return -frequencies.reduce((all, one) => all + (one / sum) * Math.log(one / sum), 0);
};

/** The model with output weights of 0: the logits are the bias alone. */
const blind = (model: Model): Model => ({
  ...model,
  layers: model.layers.with(-1, { ...(model.layers.at(-1) as DenseLayer), kernelInitializer: "zeros" }),
});

test.each([
  ["bce", uneven(circles({ samples: 300, testSamples: 0, seed: 1 }), 5), 1],
  ["softmax", uneven(blobs({ samples: 240, testSamples: 0, classes: 4, seed: 1 }), 7), 4],
] as const)("under %s the loss starts at the entropy of the classes", async (_, data, outputs) => {
  const frequencies = classFrequencies(data);
  expect(Math.max(...frequencies)).toBeGreaterThan(3 * Math.min(...frequencies));
  const plain = blind(mlp([2, 8, outputs]));
  const start = async (model: Model) =>
    (await train(model, data, { engine: "reference", steps: 0 })).train.loss;
  const wanted = entropy(frequencies);
  // Draws are float32, so the bias is right to 6e-8 and the loss, at its minimum, to its square.
  expect(Math.abs((await start(withOutputPrior(plain, frequencies))) - wanted)).toBeLessThan(1e-12);
  expect((await start(plain)) - wanted).toBeGreaterThan(0.02);
});

test("frequencies may be counts or shares, in code or as text", () => {
  const bias = (one: ReturnType<typeof outputPrior>, size: number) => [...one.draw([size], key(0)).data];
  const counts = bias(outputPrior({ frequencies: [6, 2, 4] }), 3);
  expect(bias(outputPrior({ frequencies: [0.5, 1 / 6, 1 / 3] }), 3)).toEqual(counts);
  expect(bias(initializer({ name: "outputPrior", frequencies: "6, 2, 4" }), 3)).toEqual(counts);
  expect(bias(outputPrior(), 1)).toEqual([0]);
});

test.each([
  [() => outputPrior({ frequencies: [1, 0] }), "expected frequencies > 0, got 0"],
  [() => outputPrior({ frequencies: [3] }), "at least 2"],
  [() => outputPrior({ frequencies: "1,x" }), "got NaN"],
  [() => outputPrior({ frequencies: [1, 2, 3] }).draw([2], key(0)), "got [2] for 3 classes"],
  [() => outputPrior().draw([3, 2], key(0)), "got [3, 2]"],
  [() => withOutputPrior(mlp([2, 3, 1]), [1, 2, 3]), "expected 2 frequencies for 1 output"],
  [() => withOutputPrior(withOutputPrior(mlp([2, 1]), [1, 2]), [1, 2]), "without a bias initializer"],
])("what does not fit is refused: %#", (make, message) => {
  expect(make).toThrow(InputError);
  expect(make).toThrow(message);
});

test("data without classes have no frequencies", () => {
  const data = { ...circles({ samples: 10, testSamples: 0, seed: 1 }), task: "regression" } as const;
  expect(() => classFrequencies(data)).toThrow("expected data with classes");
});
