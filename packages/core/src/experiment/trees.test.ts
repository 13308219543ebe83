import { describe, expect, test } from "vitest";
import { copy, type Dataset } from "../data/index.ts";
import { createTrainer } from "../engine/index.ts";
import {
  activate,
  conv,
  dense,
  embedding,
  flatten,
  hiddenLayers,
  type Layer,
  type Model,
  pool,
  positionEmbedding,
  residual,
  resNet,
  sequential,
  transformer,
} from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { compare, evaluate, predict, train, trainStudy, unitLayers } from "./index.ts";

const images = (count: number): Dataset => ({
  name: "images",
  task: "classes",
  features: 16,
  input: [1, 4, 4],
  classes: 2,
  outputs: 1,
  train: {
    count,
    x: Float64Array.from({ length: 16 * count }, (_, i) => ((i * 37) % 23) / 11 - 1),
    y: Float64Array.from({ length: count }, (_, s) => s % 2),
  },
  test: null,
  options: {},
});

const once = { learningRates: [0.01], seeds: 1, steps: 1, workers: 0, engine: "reference" } as const;

test("a residual network's distinct units are those of its weights, its dead units those of all hidden layers", async () => {
  const model = resNet({ depth: 8, width: 2, input: [1, 4, 4], outputs: 2 });
  const study = await compare(model, images(6), { ...once, initializations: ["zeros", "he"] });
  const [zeros, he] = study.initializations.map(({ cells }) => cells[0]!);
  const paths = zeros!.distinctUnits.map(({ path }) => path);
  expect(paths.slice(0, 3)).toEqual(["conv1", "residual1/branch/conv1", "residual1/branch/conv2"]);
  expect(paths.every((path) => /conv\d$/.test(path))).toBe(true);
  expect(zeros!.distinctUnits.map(({ units }) => units)).toEqual(
    unitLayers(model).map(({ output }) => output.features),
  );
  expect(zeros!.distinctUnits.every(({ median }) => median === 1)).toBe(true);
  expect(he!.distinctUnits.every(({ median, units }) => median === units)).toBe(true);
  expect(zeros!.dead.start).toEqual({ units: 1, networks: 1 });
  expect(he!.dead.start!.networks).toBe(0);
  for (const { outcome } of study.runs) {
    expect(outcome.dead.start).toHaveLength(hiddenLayers(model).length + 1);
  }
});

describe("a network is dead where its output depends on no sample", () => {
  const shares = async (model: Model, data: Dataset, initialization: string) => {
    const study = await compare(model, data, { ...once, steps: 0, initializations: [initialization] });
    return study.initializations[0]!.cells[0]!.dead.start!;
  };

  test("also where the last layer has neither weights nor activation", async () => {
    const layers = [conv(3, { kernel: 1 }), activate("relu"), conv(2, { kernel: 1 }), pool("global")];
    const model = sequential(layers, { input: [1, 4, 4] });
    expect((await shares(model, images(6), "he")).networks).toBe(0);
    expect(await shares(model, images(6), "zeros")).toEqual({ units: 1, networks: 1 });
    // A residual layer at the end: its branch is dead, what it is added to is not.
    const summed = sequential([flatten(), dense(2), residual([dense(2)])], { input: [1, 4, 4] });
    const data = images(6);
    const parameters = initialize(summed, { initialization: "he" });
    const branch = parameters["residual1/branch/dense1/kernel"]!;
    const run = await train(summed, data, {
      parameters: {
        ...parameters,
        "residual1/branch/dense1/kernel": { ...branch, data: branch.data.map(() => 0) },
      },
      steps: 0,
      engine: "reference",
    });
    expect([...run.layers["residual1/branch/dense1"]!.dead]).toEqual([1]);
    expect([...run.layers.residual1!.dead]).toEqual([0]);
    expect(trainStudy(run, data).runs[0]!.outcome.dead.start!.at(-1)).toBe(0);
  });

  test("though it differs from position to position", async () => {
    const data = copy({ samples: 8, testSamples: 0, length: 2, tokens: 3 });
    const layers: Layer[] = [embedding(4), positionEmbedding(), dense(4)];
    const model = sequential(layers, { input: { tokens: 4, length: 4 } });
    const parameters = initialize(model, { initialization: "he" });
    const table = parameters["embedding1/embedding"]!;
    const start = {
      ...parameters,
      "embedding1/embedding": { ...table, data: table.data.map(() => 0) },
    };
    const answers = predict(model, start, [[0, 1, 3, 0]]);
    expect(answers[0]!.logits).not.toEqual(answers[1]!.logits);
    const run = await train(model, data, { parameters: start, steps: 0, engine: "reference" });
    expect([...run.layers.dense1!.dead]).toEqual([1]);
  });
});

describe("sequences", () => {
  const data = copy({ samples: 48, testSamples: 12, length: 2, tokens: 3, seed: 4 });
  const model = transformer({ blocks: 1, width: 8, heads: 2, input: { tokens: 4, length: 4 } });

  test("a small transformer learns to copy: loss falls, whole sequences come right", async () => {
    const study = await compare(model, data, {
      initializations: ["he"],
      learningRates: [0.02],
      seeds: 2,
      optimizer: "adam",
      engine: "reference",
      batch: 16,
      epochs: 25,
      workers: 0,
    });
    const cell = study.initializations[0]!.cells[0]!;
    expect(cell.firstLoss.constant).toBeLessThan(Math.log(3));
    expect(cell.train.loss!.max).toBeLessThan(0.5 * cell.firstLoss.constant!);
    expect(cell.train.sequenceAccuracy!.min).toBeGreaterThan(0.5);
    expect(cell.test!.sequenceAccuracy!.min).toBeGreaterThan(0.3);
    expect(cell.train.accuracy!.min).toBeGreaterThanOrEqual(cell.train.sequenceAccuracy!.max);
    for (const { columns, outcome } of study.runs) {
      expect(columns.trainSequenceAccuracy).toHaveLength(columns.trainLoss.length);
      expect(columns.testSequenceAccuracy).toHaveLength(columns.trainLoss.length);
      expect(columns.trainSequenceAccuracy!.at(-1)).toBe(Math.fround(outcome.train.sequenceAccuracy!));
    }
    expect(cell.distinctUnits.map(({ path }) => path)).toEqual([
      "embedding1",
      "residual1/branch/attention1",
      "residual2/branch/dense1",
      "residual2/branch/dense2",
    ]);
  });

  test("train, its study and evaluate say the same accuracies", async () => {
    const run = await train(model, data, { initialization: "he", engine: "reference", steps: 3, batch: 16 });
    expect(run.history.trainSequenceAccuracy).toHaveLength(run.history.step.length);
    for (const part of ["train", "test"] as const) {
      const score = evaluate(model, run.parameters, data, part);
      expect(score).toEqual(run[part]);
      const rows = data[part]!;
      const points = Array.from({ length: rows.count }, (_, s) =>
        Array.from({ length: 4 }, (_, k) => rows.x[k * rows.count + s]!),
      );
      const answers = predict(model, run.parameters, points);
      const right = points.map((_, s) =>
        [2, 3].map((k) => answers[4 * s + k]!.label === rows.y[k * rows.count + s]),
      );
      expect(score.accuracy).toBeCloseTo(right.flat().filter(Boolean).length / (2 * rows.count), 12);
      expect(score.sequenceAccuracy).toBeCloseTo(
        right.filter((one) => one.every(Boolean)).length / rows.count,
        12,
      );
    }
    const { outcome } = trainStudy(run, data).runs[0]!;
    expect(outcome.train.sequenceAccuracy).toBe(run.train.sequenceAccuracy);
    expect(outcome.test!.sequenceAccuracy).toBe(run.test!.sequenceAccuracy);
  });

  test("tokens outside the vocabulary are refused, and the fast engine by its first layer", () => {
    const parameters = initialize(model);
    expect(() => predict(model, parameters, [[0, 1, 3, 4]])).toThrow(
      "predict: expected tokens from 0 to 3, got 4",
    );
    expect(() => evaluate(model, parameters, { ...data, test: null })).toThrow("copy has no test part");
    const training = { loss: "softmax", optimizer: { name: "sgd" }, steps: 0, batch: null, logSteps: [0] };
    expect(() => createTrainer("wasm", model, data, training as never)).toThrow(/embedding1: /);
    expect(() => compare({ ...model, loss: "mse" }, data, once)).toThrow(
      "expected the loss softmax or bce for the classes at the positions of copy, got mse",
    );
  });
});
