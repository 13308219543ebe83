import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { activations } from "../../activation/index.ts";
import type { Parameters } from "../../base/index.ts";
import { heNormal } from "../../init/index.ts";
import {
  dense,
  LOSSES,
  type LossName,
  type Model,
  mlp,
  placedLayers,
  sequential,
} from "../../model/index.ts";
import { key, numpy, type Source } from "../../random/index.ts";
import type { Samples, Training } from "../trainer.ts";
import { LOSS_FUNCTIONS, network, referenceTrainer } from "./index.ts";

const drawParameters = (model: Model, source: Source, bias = 0): Parameters =>
  Object.fromEntries(
    placedLayers(model)
      .flatMap(({ parameters }) => parameters)
      .map(({ path, role, shape }) => {
        if (role === "kernel") return [path, heNormal().draw(shape, source.at(path), { dtype: "float64" })];
        const data = new Float64Array(shape[0]!);
        if (bias > 0) source.at(path).fill(data, { kind: "normal", mean: 0, std: bias });
        return [path, { shape, data }];
      }),
  );

const normals = (count: number, path: string): Float64Array => {
  const out = new Float64Array(count);
  key(5, "data").at(path).fill(out, { kind: "normal", mean: 0, std: 1 });
  return out;
};

const labels = (loss: LossName, outputs: number, count: number): Float64Array =>
  loss === "mse"
    ? normals(outputs * count, "y")
    : Float64Array.from({ length: count }, (_, s) => s % (loss === "bce" ? 2 : outputs));

const cases = activations.flatMap(({ name }) => LOSSES.map((loss) => ({ name, loss })));

test.each(cases)("gradients of $name under $loss are finite differences", ({ name, loss }) => {
  const outputs = loss === "bce" ? 1 : 3;
  const model = sequential([dense(5, { activation: name }), dense(4, { activation: name }), dense(outputs)], {
    input: 2,
  });
  const count = 7;
  const samples: Samples = { count, x: normals(2 * count, "x"), y: labels(loss, outputs, count) };
  const net = network(model, drawParameters(model, key(2), 0.3));
  const value = (): number =>
    LOSS_FUNCTIONS[loss].value(net.forward(samples.x, count), samples.y, outputs, count);
  value();
  net.backward(samples, LOSS_FUNCTIONS[loss]);
  for (const { values, gradient: last } of net.parameters) {
    const gradient = last.slice();
    for (let i = 0; i < values.length; i++) {
      const kept = values[i]!;
      const h = 1e-5;
      values[i] = kept + h;
      const above = value();
      values[i] = kept - h;
      const below = value();
      values[i] = kept;
      expect(Math.abs(gradient[i]! - (above - below) / (2 * h))).toBeLessThan(2e-8);
    }
  }
});

const golden = JSON.parse(readFileSync(new URL("reference.golden.json", import.meta.url), "utf8"));
const plain = (steps: number, loss: LossName, more: Partial<Training> = {}): Training => ({
  loss,
  optimizer: { name: "gradientDescent" },
  steps,
  batch: null,
  logSteps: Array.from({ length: steps / 20 + 1 }, (_, i) => 20 * i),
  ...more,
});

test.each(golden.cases as Record<string, never>[])(
  "$layers under $activation and $loss trains as in NumPy",
  (wanted) => {
    const { layers, activation, loss, seed, rate, y, losses } = wanted as unknown as {
      layers: number[];
      activation: string;
      loss: LossName;
      seed: number;
      rate: number;
      y: number[];
      losses: number[];
    };
    const model = mlp(layers, { activation });
    const train = { count: 40, x: Float64Array.from(golden.x), y: Float64Array.from(y) };
    const progress = referenceTrainer(model, { train, test: null }, plain(200, loss)).start({
      parameters: drawParameters(model, numpy(seed)),
      learningRate: rate,
      shuffleSeed: 0,
    });
    progress.advance(1000);
    const run = progress.run();
    losses.forEach((value, i) => {
      expect(Math.abs(run.trainLoss[i]! - value)).toBeLessThan(1e-12);
    });
    expect([progress.done, run.logged, run.testLoss]).toEqual([true, 11, null]);
  },
);

const model = mlp([2, 6, 1]);
const train: Samples = { count: 13, x: normals(26, "a"), y: labels("bce", 1, 13) };
const finish = (rate: number, training: Training, parameters = drawParameters(model, key(1))) => {
  const progress = referenceTrainer(model, { train, test: train }, training).start({
    parameters,
    learningRate: rate,
    shuffleSeed: 4,
  });
  progress.advance(Infinity);
  return progress.run();
};

test("a batch of everything but in shuffled order takes the full batch's step but for rounding", () => {
  const whole = finish(0.1, plain(20, "bce"));
  const shuffled = finish(0.1, plain(20, "bce", { batch: 13 }));
  expect(shuffled.trainLoss[1]).toBeCloseTo(whole.trainLoss[1]!, 12);
  expect(finish(0.1, plain(20, "bce", { batch: 5 })).trainLoss[1]).not.toBeCloseTo(whole.trainLoss[1]!, 6);
});

test("a run that diverges is frozen, and says at which step and in which layer", () => {
  const { diverged, logged, trainLoss } = finish(1e200, plain(40, "mse"));
  expect(diverged?.step).toBeGreaterThan(0);
  expect(diverged?.step).toBeLessThan(20);
  expect(diverged?.layer).toMatch(/^dense[12]$/);
  expect([logged, trainLoss.length]).toEqual([1, 1]);
  const broken = drawParameters(model, key(1));
  broken["dense2/kernel"]!.data[0] = Number.NaN;
  expect(finish(0.1, plain(20, "bce"), broken).diverged).toEqual({ step: 0, layer: "dense2" });
});

test("parameters that do not fit the model are refused by path", () => {
  const parameters = {
    ...drawParameters(model, key(1)),
    "dense1/bias": { shape: [2], data: new Float64Array(2) },
  };
  expect(() => finish(0.1, plain(20, "bce"), parameters)).toThrow("expected 6 values for dense1/bias, got 2");
});

test("figures of a layer are what they say", () => {
  const zeros = Object.fromEntries(
    Object.entries(drawParameters(model, key(1))).map(([path, { shape, data }]) => [
      path,
      { shape, data: new Float64Array(data.length) },
    ]),
  );
  const { layers } = finish(0.1, plain(0, "bce", { logSteps: [0] }), zeros);
  expect(layers.dense1).toEqual({
    activationRms: Float32Array.of(0),
    gradientRms: Float32Array.of(0),
    dead: Float32Array.of(1),
    saturated: Float32Array.of(0),
    updateRatio: Float32Array.of(Number.NaN),
    distinctUnits: Float32Array.of(1),
  });
  // σ(0) − y is ±½: its mean square is ¼, divided by the 13 samples.
  expect(layers.dense2!.gradientRms[0]).toBeCloseTo(0.5 / 13, 7);
});
