/** @file The workloads of the benchmark: what is trained, on what, and what a step costs. */
import type { Parameters } from "../packages/core/src/base/index.ts";
import type { Member, TrainingData } from "../packages/core/src/engine/index.ts";
import { type LossName, type Model, mlp, placedLayers } from "../packages/core/src/model/index.ts";

/** Numbers between −1 and 1, the same on every machine. */
export const uniforms = (seed: number): (() => number) => {
  let state = (Math.imul(seed + 1, 2654435761) ^ 0x9e3779b9) >>> 0;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 31 - 1;
  };
};

/** Two noisy circles, the inner one at 0.8. */
export const circlesOf = (count: number, seed: number) => {
  const next = uniforms(seed);
  const x = new Float64Array(2 * count);
  const y = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    const angle = Math.PI * next();
    const inner = s % 2;
    x[s] = Math.cos(angle) * (inner ? 0.8 : 1) + 0.05 * next();
    x[count + s] = Math.sin(angle) * (inner ? 0.8 : 1) + 0.05 * next();
    y[s] = inner;
  }
  return { count, x, y };
};

/** `count` points of a cube of `features` axes, each of a class of its own drawing: what is learned does not matter. */
const cubeOf = (count: number, features: number, classes: number) => {
  const next = uniforms(3);
  return {
    count,
    x: Float64Array.from({ length: features * count }, next),
    y: Float64Array.from({ length: count }, () => Math.floor((next() + 1) * (classes / 2))),
  };
};

/** One network, or several that differ in their seed, and how it is trained. */
export interface Workload {
  readonly model: Model;
  readonly data: TrainingData;
  readonly loss: LossName;
  readonly batch: number | null;
  readonly learningRate: number;
  readonly members: number;
  readonly steps: number;
  /** Steps between two log points, at which all figures are taken. */
  readonly every: number;
}

const course = {
  model: mlp([2, 10, 5, 1], { activation: "relu" }),
  data: { train: circlesOf(300, 1), test: circlesOf(100, 2) },
  loss: "bce",
  batch: null,
  learningRate: 0.1,
  every: 125,
} as const;

/** One network of ReLUs on points of a cube, in batches of 128. */
const large = (layers: readonly [inputs: number, ...units: number[]]): Workload => ({
  model: mlp(layers, { activation: "relu" }),
  data: { train: cubeOf(256, layers[0], layers[layers.length - 1]!), test: null },
  loss: "softmax",
  batch: 128,
  learningRate: 0.01,
  members: 1,
  steps: 100,
  every: 100,
});

/** A and C take figures as often as the default run of 15,000 steps. */
export const WORKLOADS: Readonly<Record<string, Workload>> = {
  A: { ...course, members: 1, steps: 15_000 },
  B: large([784, 512, 512, 10]),
  C: { ...course, members: 300, steps: 1_000 },
  D: large([64, ...Array.from({ length: 30 }, () => 128), 10]),
};

/** Multiplications and additions of one step: forward, weights, and inputs of all layers but the first. */
export const flopOf = ({ model, data, batch }: Workload): number => {
  const sizes = placedLayers(model).map(({ inputs, outputs }) => inputs * outputs);
  return 2 * (batch ?? data.train.count) * (3 * sizes.reduce((sum, size) => sum + size, 0) - sizes[0]!);
};

/** He's spread, biases 0. */
const parametersOf = (model: Model, seed: number): Parameters => {
  const next = uniforms(1000 + seed);
  return Object.fromEntries(
    placedLayers(model)
      .flatMap((layer) => layer.parameters)
      .map(({ path, shape, fans, role }) => {
        const size = shape.reduce((product, axis) => product * axis, 1);
        const limit = role === "bias" ? 0 : Math.sqrt(6 / fans.fanIn);
        return [path, { shape, data: Float32Array.from({ length: size }, () => limit * next()) }];
      }),
  );
};

export const memberOf = ({ model, learningRate }: Workload, seed: number): Member => ({
  parameters: parametersOf(model, seed),
  learningRate,
  shuffleSeed: seed,
});
