import { expect, test } from "vitest";
import type { Parameters } from "../base/index.ts";
import { circles } from "../data/index.ts";
import { type Model, mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { createTrainer } from "./create-trainer.ts";
import { network } from "./reference/index.ts";
import { ENGINES, type EngineName, type Run, type TrainingData } from "./trainer.ts";

const data = circles({ samples: 101, testSamples: 0 });

const atStart = (
  engine: EngineName,
  model: Model,
  parameters: Parameters,
  on: TrainingData = data,
  batch: number | null = null,
): Run => {
  const training = {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps: 0,
    batch,
    logSteps: [0],
  } as const;
  return createTrainer(engine, model, on, training)
    .start({ parameters, learningRate: 0, shuffleSeed: 0 })
    .run();
};

const deadOf = (run: Run): number[] => Object.values(run.layers).map(({ dead }) => dead[0]!);

/** Counted by looking at every output. */
const counted = (model: Model, parameters: Parameters): number[] => {
  const net = network(model, parameters);
  const { count, x } = data.train;
  net.forward(x, count);
  return net.layers.map(({ y, placed: { outputs } }) => {
    const rows = Array.from({ length: outputs }, (_, o) => new Set(y.slice(o * count, (o + 1) * count)));
    return rows.filter(({ size }) => size === 1).length / outputs;
  });
};

test("He on 2,3x12,1: networks are dead on the whole circle, the same ones in every engine", () => {
  const model = mlp([2, ...Array<number>(12).fill(3), 1]);
  let dead = 0;
  for (let seed = 0; seed < 40; seed++) {
    const parameters = initialize(model, { initialization: "he", seed });
    const expected = counted(model, parameters).map(Math.fround);
    for (const engine of ENGINES) {
      expect([engine, seed, deadOf(atStart(engine, model, parameters))]).toEqual([engine, seed, expected]);
    }
    if (expected.at(-1) === 1) dead++;
  }
  expect(dead).toBe(22);
});

const one = (kernel: number[], bias: number[]): Parameters => ({
  "dense1/kernel": { shape: [3, 2], data: Float32Array.from(kernel) },
  "dense1/bias": { shape: [3], data: Float32Array.from(bias) },
  "dense2/kernel": { shape: [1, 3], data: Float32Array.of(0, 0, 1) },
  "dense2/bias": { shape: [1], data: Float32Array.of(0.5) },
});

test.each(ENGINES)(
  "%s: a unit is dead where its output is the same on every sample, whatever its slope",
  (engine) => {
    // One that is off everywhere, one whose weights are 0 and whose bias is above, one that is alive.
    const relu = one([0.1, 0.1, 0, 0, 1, 0], [-5, 2, 0]);
    expect(deadOf(atStart(engine, mlp([2, 3, 1]), relu))).toEqual([Math.fround(2 / 3), 0]);
    // The network too, where only dead units are listened to.
    const deaf = { ...relu, "dense2/kernel": { shape: [1, 3], data: Float32Array.of(3, 1, 0) } };
    expect(deadOf(atStart(engine, mlp([2, 3, 1]), deaf))).toEqual([Math.fround(2 / 3), 1]);
    // Far out tanh is 1 to the last bit; a linear unit is not dead for having one slope.
    const far = one([1, 1, 0.5, -1, 1, 0], [60, -60, 0]);
    expect(deadOf(atStart(engine, mlp([2, 3, 1], { activation: "tanh" }), far))).toEqual([
      Math.fround(2 / 3),
      0,
    ]);
    expect(deadOf(atStart(engine, mlp([2, 3, 1], { activation: "linear" }), far))).toEqual([0, 0]);
  },
);

test.each(["wasm", "fast"] as const)(
  "%s: over many blocks a unit that differs in one sample alone is alive",
  (engine) => {
    const count = 3000;
    const x = new Float64Array(2 * count).fill(1);
    x[2777] = 7;
    const on = { train: { count, x, y: new Float64Array(count) }, test: null };
    const parameters = one([1, 0, 0, 1, 1, 1], [0, 0, -9]);
    const run = atStart(engine, mlp([2, 3, 1]), parameters, on, 64);
    expect(deadOf(run)).toEqual([Math.fround(2 / 3), 1]);
    const wide = mlp([2, 400, 1]);
    const alike = initialize(wide, { initialization: "he", seed: 2 });
    const rows = deadOf(atStart(engine, wide, alike, on, 64));
    expect(rows[0]).toBeGreaterThan(0.2);
    expect(rows[0]).toBeLessThan(0.6);
    expect(rows[1]).toBe(0);
  },
);
