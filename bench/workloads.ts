/** @file The workloads of the benchmark: what is trained, on what, and what a step costs. */
import type { Parameters } from "../packages/core/src/base/index.ts";
import type { Member, TrainingData } from "../packages/core/src/engine/index.ts";
import { type Model, mlp, placedLayers } from "../packages/core/src/model/index.ts";

export const SAMPLES = 300;

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

export const data: TrainingData = { train: circlesOf(SAMPLES, 1), test: circlesOf(100, 2) };

/** The course network. */
export const model: Model = mlp([2, 10, 5, 1], { activation: "relu" });

/** He's spread, biases 0. */
export const parametersOf = (seed: number): Parameters => {
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

export const memberOf = (seed: number): Member => ({
  parameters: parametersOf(seed),
  learningRate: 0.1,
  shuffleSeed: seed,
});

/** Multiplications and additions of one step: forward, weights, and inputs of all layers but the first. */
export const FLOP = 2 * SAMPLES * (75 + 75 + 55);

export interface Workload {
  readonly members: number;
  readonly steps: number;
}

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  A: { members: 1, steps: 15_000 },
  C: { members: 300, steps: 1_000 },
};
