import { expect, test } from "vitest";
import { circles, copy } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { compare, train } from "./index.ts";
import { inputSquareOf } from "./input-square.ts";

const data = circles({ samples: 40, testSamples: 10, seed: 2 });
const tenfold = {
  ...data,
  train: { ...data.train, x: data.train.x.map((value) => 10 * value) },
};
const deep = mlp([2, ...Array<number>(10).fill(16), 1], { activation: "silu" });

test("the second moment of the inputs is that of the training data, to three digits", () => {
  let sum = 0;
  for (const value of data.train.x) sum += value * value;
  expect(Math.abs(inputSquareOf(data)! / (sum / 80) - 1)).toBeLessThan(0.005);
  expect(inputSquareOf(tenfold)).toBeCloseTo(100 * inputSquareOf(data)!, 6);
  expect(inputSquareOf({ ...data, train: { ...data.train, x: new Float64Array(80) } })).toBeUndefined();
  expect(inputSquareOf(copy())).toBeUndefined();
});

test("train and compare start auto at the size of their data, and say so", async () => {
  const inputSquare = inputSquareOf(data)!;
  const run = await train(deep, data, { seed: 3, steps: 0 });
  expect(run.initialization).toEqual({ name: "auto", inputSquare });
  const told = initialize(deep, { initialization: { name: "auto", inputSquare }, seed: 3 });
  expect(run.parameters).toEqual(told);
  const study = await compare(deep, data, {
    initializations: ["auto"],
    learningRates: [0.1],
    seeds: 20,
    steps: 0,
    workers: 0,
  });
  const [own] = study.initializations;
  expect([own!.id, own!.initializer]).toEqual(["auto", { name: "auto", inputSquare }]);
  expect(own!.cells[0]!.firstLoss.median).toBeLessThan(Math.log(2) + 0.5);
});

test("inputs ten times as large start as the same networks", async () => {
  const [one, ten] = await Promise.all([data, tenfold].map((own) => train(deep, own, { seed: 1, steps: 0 })));
  expect(ten!.train.loss).toBeCloseTo(one!.train.loss, 2);
});

test("where what auto gives does not depend on the inputs, its name stays as it was", async () => {
  for (const model of [mlp([2, 10, 5, 1]), mlp([2, 8, 8, 1], { activation: "silu" })]) {
    expect((await train(model, data, { steps: 0 })).initialization).toEqual({ name: "auto" });
  }
});
