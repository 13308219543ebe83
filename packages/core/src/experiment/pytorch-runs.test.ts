import { expect, test } from "vitest";
import type { Dataset } from "../data/index.ts";
import { dense, sequential } from "../model/index.ts";
import type { OptimizerConfig } from "../optimizer/index.ts";
import golden from "./pytorch-runs.golden.json" with { type: "json" };
import { train } from "./train.ts";

interface Case {
  readonly optimizer: OptimizerConfig;
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
  readonly clip: number | null;
  readonly losses: readonly number[];
  readonly end: Readonly<Record<string, readonly number[]>>;
}

const { samples, steps } = golden;
const x = Float64Array.from({ length: 4 * samples }, (_, i) => ((i * 7919 + 5) % 2003) / 1000 - 1);
const y = Float64Array.from({ length: samples }, (_, i) => (i * i + Math.floor(i / 3)) % 3);
const data: Dataset = {
  name: "numbers",
  options: {},
  task: "classes",
  features: 4,
  classes: 3,
  outputs: 3,
  train: { count: samples, x, y },
  test: null,
};
const model = sequential([dense(9, { activation: "tanh" }), dense(6, { activation: "relu" }), dense(3)], {
  inputs: 4,
});

test.each(golden.cases as unknown as readonly Case[])(
  "$optimizer, batches of $batch: real PyTorch's whole run, from one seed, at every step",
  async ({ optimizer, rate, batch, seed, clip, losses, end }) => {
    const run = await train(model, data, {
      initialization: "pytorch",
      generator: "pytorch",
      order: "pytorch",
      engine: "reference",
      optimizer,
      learningRate: rate,
      batch,
      seed,
      steps,
      logEvery: 1,
      ...(clip === null ? {} : { clip: { norm: clip } }),
    });
    expect(run.history.trainLoss).toHaveLength(steps + 1);
    run.history.trainLoss.forEach((loss, step) => {
      expect(Math.abs(loss - losses[step]!)).toBeLessThan(1e-9);
    });
    for (const [path, values] of Object.entries(end)) {
      const [layer, role] = path.split(".") as [string, string];
      const own = run.parameters[`dense${Number(layer) / 2 + 1}/${role === "weight" ? "kernel" : "bias"}`]!;
      values.forEach((value, i) => {
        expect(Math.abs(own.data[i]! - value)).toBeLessThan(1e-9);
      });
    }
  },
);
