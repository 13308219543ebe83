import { expect, test } from "vitest";
import { blobs, circles, spirals, tableDataset } from "../data/index.ts";
import { type LossName, type Model, mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { createTrainer } from "./create-trainer.ts";
import { meets, resolutionOf } from "./target.ts";
import {
  ENGINES,
  type EngineName,
  type Run,
  type Target,
  type Training,
  type TrainingData,
} from "./trainer.ts";

/** The first log point that met the target, of a run that has all of them. */
const firstMet = (run: Run, target: Target): number => {
  const at = Array.from(run.trainLoss).findIndex((_, index) => meets(run, target, index));
  expect(at).toBeGreaterThanOrEqual(0);
  return at;
};

interface Case {
  readonly model: Model;
  readonly data: TrainingData;
  readonly loss: LossName;
  readonly rate: number;
}

/** 9 of 10 samples are of class 0. */
const uneven = (): TrainingData => {
  const { train } = circles({ samples: 400, testSamples: 0, noise: 0.05, factor: 0.4 });
  const kept = Array.from({ length: 400 }, (_, s) => s).filter((s) => train.y[s] === 0 || s % 9 === 0);
  const pick = (row: number, from: Float64Array) => kept.map((s) => from[row * 400 + s]!);
  return {
    train: {
      count: kept.length,
      x: Float64Array.from([...pick(0, train.x), ...pick(1, train.x)]),
      y: Float64Array.from(pick(0, train.y)),
    },
    test: null,
  };
};

const curve = (): TrainingData => {
  const rows = Array.from({ length: 60 }, (_, i) => [String(i / 60), String(Math.sin(i / 9) / 2 + 0.01)]);
  return tableDataset(
    { name: "curve", header: ["x", "y"], rows, lines: rows.map((_, i) => i + 2) },
    { task: "regression", testFraction: 0 },
  );
};

const CASES: Readonly<Record<string, Case>> = {
  "one unit on bce": { model: mlp([2, 8, 1]), data: uneven(), loss: "bce", rate: 0.8 },
  "no hidden layer on bce": {
    model: mlp([2, 1]),
    data: blobs({ samples: 90, testSamples: 0 }),
    loss: "bce",
    rate: 0.1,
  },
  "several classes": {
    model: mlp([2, 16, 3], { activation: "tanh" }),
    data: spirals({ classes: 3, samples: 150, testSamples: 0 }),
    loss: "softmax",
    rate: 0.5,
  },
  "a curve": {
    model: mlp([1, 8, 1], { activation: "tanh", loss: "mse" }),
    data: curve(),
    loss: "mse",
    rate: 0.3,
  },
};

const run = (
  { model, data, loss, rate }: Case,
  engine: EngineName,
  target: Target | undefined,
  every: number,
  batch: number | null = null,
): { run: Run; training: Training } => {
  const steps = 300;
  const logSteps = Array.from({ length: Math.ceil(steps / every) + 1 }, (_, i) => Math.min(steps, i * every));
  const training: Training = {
    ...{ loss, optimizer: { name: "gradientDescent" }, steps, batch, logSteps },
    ...(target === undefined ? {} : { target }),
  };
  const trainer = createTrainer(engine, model, data, training);
  const parameters = initialize(model, { initialization: "he", seed: 4 });
  const progress = trainer.start({ parameters, learningRate: rate, shuffleSeed: 1 });
  while (!progress.done) progress.advance(37);
  return { run: progress.run(), training };
};

test.each(ENGINES.flatMap((engine) => Object.keys(CASES).map((name) => [engine, name] as const)))(
  "%s, %s: seen at full batch, the target is met at the very step, and watching for it changes no bit",
  (engine, name) => {
    const one = CASES[name]!;
    const plain = run(one, engine, undefined, 1).run;
    const metrics =
      one.loss === "mse" ? (["loss"] as const) : (["loss", "accuracy", "balancedAccuracy"] as const);
    for (const metric of metrics) {
      // Some value that is met on the way, after step 0.
      const column = {
        loss: plain.trainLoss,
        accuracy: plain.trainAccuracy,
        balancedAccuracy: plain.trainBalancedAccuracy,
      };
      for (const at of engine === "reference" ? [101] : [5, 101, 222]) {
        const target: Target = { metric, split: "train", value: column[metric][at]! };
        const first = firstMet(plain, target);
        const watched = run(one, engine, target, 64);
        expect(watched.run.reachedAt).toBe(first);
        expect(resolutionOf(watched.training, one.data.train)).toBe(1);
        expect(watched.run.parameters).toEqual(plain.parameters);
      }
      const never: Target = { metric, split: "train", value: metric === "loss" ? -1 : 1.5 };
      expect(run(one, engine, never, 64).run.reachedAt).toBeNull();
      const atOnce: Target = { metric, split: "train", value: metric === "loss" ? 1e9 : 0 };
      expect(run(one, engine, atOnce, 64).run.reachedAt).toBe(0);
    }
  },
  20_000,
);

test.each(ENGINES)(
  "%s: with mini-batches the target is tested at log points, and the resolution says so",
  (engine) => {
    const one = CASES["several classes"]!;
    const { run: plain, training } = run(one, engine, undefined, 7, 32);
    const target: Target = { metric: "accuracy", split: "train", value: plain.trainAccuracy[20]! };
    const first = firstMet(plain, target);
    const watched = run(one, engine, target, 7, 32);
    expect(watched.run.reachedAt).toBe(training.logSteps[first]);
    expect(resolutionOf(watched.training, one.data.train)).toBe(7);
  },
);

test.each(ENGINES)("%s: balanced accuracy is the mean over classes of the share that is right", (engine) => {
  const zeros = { model: mlp([2, 8, 1]), data: uneven(), loss: "bce", rate: 0 } as const;
  const { model, data, loss } = zeros;
  const training: Training = {
    loss,
    optimizer: { name: "gradientDescent" },
    steps: 0,
    batch: null,
    logSteps: [0],
  };
  const progress = createTrainer(engine, model, data, training).start({
    parameters: initialize(model, { initialization: "zeros" }),
    learningRate: 0,
    shuffleSeed: 0,
  });
  const { trainAccuracy, trainBalancedAccuracy } = progress.run();
  const share = data.train.y.filter((y) => y === 0).length / data.train.count;
  expect(share).toBeGreaterThan(0.85);
  expect(trainAccuracy[0]).toBe(share);
  expect(trainBalancedAccuracy[0]).toBe(0.5);
});

test("many blocks: a full batch that is gathered piece by piece meets the target at the same step", () => {
  const model = mlp([2, 300, 300, 1]);
  const data = circles({ samples: 5000, testSamples: 0 });
  const logSteps = [0, 1, 2, 3, 4];
  const training: Training = {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps: 4,
    batch: null,
    logSteps,
  };
  const finish = (how: Training): Run => {
    const parameters = initialize(model, { initialization: "he", seed: 1 });
    const progress = createTrainer("wasm", model, data, how).start({
      parameters,
      learningRate: 0.05,
      shuffleSeed: 0,
    });
    while (!progress.done) progress.advance(4);
    return progress.run();
  };
  const plain = finish(training);
  for (const [metric, value] of [
    ["loss", plain.trainLoss[2]!],
    ["accuracy", Math.max(...plain.trainAccuracy)],
  ] as const) {
    const target: Target = { metric, split: "train", value };
    const first = firstMet(plain, target);
    expect(first).toBeGreaterThan(0);
    expect(finish({ ...training, logSteps: [0, 4], target }).reachedAt).toBe(first);
  }
});

test("with a batch norm the target is tested at every step too, in evaluation as log points are", () => {
  const model = mlp([2, 8, 1], { norm: "batch" });
  const data = circles({ samples: 120, testSamples: 0, factor: 0.4 });
  const target: Target = { metric: "accuracy", split: "train", value: 0.9 };
  const runAt = (every: number): Run => {
    const logSteps = Array.from({ length: 200 / every + 1 }, (_, i) => i * every);
    const training: Training = {
      loss: "bce",
      optimizer: { name: "gradientDescent" },
      steps: 200,
      batch: null,
      logSteps,
      target,
    };
    const progress = createTrainer("reference", model, data, training).start({
      parameters: initialize(model, { initialization: "he", seed: 3 }),
      learningRate: 0.3,
      shuffleSeed: 0,
    });
    progress.advance(Infinity);
    return progress.run();
  };
  const [each, seldom] = [runAt(1), runAt(100)];
  const met = firstMet(each, target);
  expect(met % 100).toBeGreaterThan(0);
  expect([each.reachedAt, seldom.reachedAt]).toEqual([met, met]);
  expect(seldom.trainLoss).toEqual(each.trainLoss.filter((_, step) => step % 100 === 0));
});
