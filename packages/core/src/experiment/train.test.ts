import { expect, test } from "vitest";
import { blobs, circles, moons, spirals } from "../data/index.ts";
import { dense, mlp, sequential } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { evaluate, predict, target, train } from "./index.ts";
import { courseCost } from "./reproduce/index.ts";

const data = circles({ samples: 80, testSamples: 40 });
const model = mlp([2, 8, 1]);

test("the same seed gives the same run, another seed another", async () => {
  const run = (seed: number) => train(model, data, { seed, steps: 50, learningRate: 0.1 });
  expect((await run(1)).history).toEqual((await run(1)).history);
  expect((await run(1)).history).not.toEqual((await run(2)).history);
});

test("train accepts what initialize gives", async () => {
  const parameters = initialize(model, { initialization: "glorot", seed: 4 });
  const given = await train(model, data, { parameters, steps: 20 });
  const named = await train(model, data, { initialization: "glorot", seed: 4, steps: 20 });
  expect(given.history).toEqual(named.history);
  expect(given.initialization).toBeNull();
});

test("a model survives JSON", async () => {
  const deep = sequential(
    [
      dense(6, {
        activation: "leakyRelu:0.2",
        kernelInitializer: "orthogonal",
        biasInitializer: "constant:0.1",
      }),
      dense(1),
    ],
    { input: 2 },
  );
  const copy = JSON.parse(JSON.stringify(deep));
  expect(copy).toEqual(deep);
  expect((await train(copy, data, { steps: 10 })).history).toEqual(
    (await train(deep, data, { steps: 10 })).history,
  );
});

test("a layer's own initializers go before the model's", () => {
  const own = sequential([dense(3, { kernelInitializer: "ones", biasInitializer: "constant:2" }), dense(1)], {
    input: 2,
  });
  const parameters = initialize(own, { initialization: "zeros" });
  expect([...parameters["dense1/kernel"]!.data]).toEqual([1, 1, 1, 1, 1, 1]);
  expect([...parameters["dense1/bias"]!.data]).toEqual([2, 2, 2]);
  expect([...parameters["dense2/kernel"]!.data]).toEqual([0, 0, 0]);
});

test("evaluate and predict agree with what train reports", async () => {
  const run = await train(model, data, {
    initialization: "he",
    steps: 400,
    learningRate: 0.3,
    engine: "reference",
  });
  expect(evaluate(model, run.parameters, data, "train")).toEqual(run.train);
  expect(evaluate(model, run.parameters, data)).toEqual(run.test);
  const points = Array.from({ length: 40 }, (_, s) => [data.test!.x[s]!, data.test!.x[40 + s]!]);
  const right = predict(model, run.parameters, points).filter(
    ({ label }, s) => label === data.test!.y[s],
  ).length;
  expect(right / 40).toBe(run.test!.accuracy);
});

test("engines agree: float32 follows float64 for the first steps", async () => {
  const [a, b] = await Promise.all(
    (["reference", "wasm"] as const).map((engine) =>
      train(model, data, { steps: 100, learningRate: 0.1, engine, seed: 2 }),
    ),
  );
  a!.history.trainLoss.forEach((loss, i) => {
    expect(Math.abs(b!.history.trainLoss[i]! - loss)).toBeLessThan(1e-5);
  });
  expect([a!.engine, b!.engine]).toEqual(["reference", "wasm"]);
});

test("the loss is chosen from the task, and several classes are learned", async () => {
  const three = blobs({ classes: 3, samples: 90, noise: 0.2 });
  const run = await train(mlp([2, 8, 3]), three, { steps: 300, learningRate: 0.5 });
  expect(run.training.loss).toBe("softmax");
  expect(run.train.accuracy).toBeGreaterThan(0.9);
  await expect(train(mlp([2, 8, 2]), spirals({ classes: 3 }), {})).rejects.toThrow("expected 3 outputs");
});

test("cancelled, it resolves with what is done; progress is told", async () => {
  const controller = new AbortController();
  const told: number[] = [];
  const run = await train(model, data, {
    steps: 100_000_000,
    signal: controller.signal,
    onProgress: ({ step }) => {
      told.push(step);
      if (told.length === 3) controller.abort();
    },
  });
  expect([run.complete, run.step]).toEqual([false, told[2]]);
  expect(run.history.step.length).toBeGreaterThan(0);
});

test("a run that diverges is frozen and says where", async () => {
  const run = await train(model, moons({ samples: 50 }), {
    initialization: "random:10",
    learningRate: 1e30,
    steps: 100,
  });
  expect(run.diverged!.step).toBeLessThan(100);
  expect(run.diverged!.layer).toMatch(/^dense[12]$/);
  expect(run.train.loss).toBeNaN();
  expect(run.complete).toBe(true);
});

test("targets are read from their text", () => {
  expect(target("loss=0.1")).toEqual({ metric: "loss", split: "train", value: 0.1 });
  for (const text of ["accuracy", "accuracy=", "accuracy=1.5", "speed=1", "accuracy=0.9=1"]) {
    expect(() => target(text)).toThrow("target: expected");
  }
});

test("the course's cost is infinite where a logit is far on the wrong side, and drops 0 · ∞", () => {
  expect(courseCost([-800], [1])).toBe(Infinity);
  expect(courseCost([800, -800], [1, 0])).toBe(0);
  expect(courseCost([0], [1])).toBe(Math.LN2);
});
