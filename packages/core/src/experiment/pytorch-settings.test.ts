import { expect, test } from "vitest";
import type { Dataset } from "../data/index.ts";
import { type LossName, type Model, mlp } from "../model/index.ts";
import type { OptimizerConfig, ScheduleConfig } from "../optimizer/index.ts";
import golden from "./pytorch-settings.golden.json" with { type: "json" };
import { train } from "./train.ts";

interface Case {
  readonly optimizer: OptimizerConfig;
  readonly rate: number;
  readonly layers: readonly number[];
  readonly activation: string;
  readonly loss: LossName;
  readonly samples: number;
  readonly batch: number;
  readonly steps: number;
  readonly seed: number;
  readonly schedule: ScheduleConfig | null;
  readonly warmup: number;
  readonly norm: number | null;
  readonly value: number | null;
  readonly losses: readonly number[];
}

const TASKS = { bce: "binary", softmax: "classes", mse: "regression" } as const;

/** The same numbers as in the script. */
const dataOf = ({ layers, loss, samples }: Case): Dataset => {
  const [features, last] = [layers[0]!, layers[layers.length - 1]!];
  const regression = loss === "mse";
  const classes = regression ? 0 : loss === "bce" ? 2 : last;
  return {
    name: "numbers",
    options: {},
    task: TASKS[loss],
    features,
    classes,
    outputs: regression ? last : 1,
    train: {
      count: samples,
      x: Float64Array.from({ length: features * samples }, (_, i) => ((i * 7919 + 5) % 2003) / 1000 - 1),
      y: Float64Array.from({ length: regression ? last * samples : samples }, (_, i) =>
        regression ? ((i * 31 + 7) % 101) / 50 - 1 : (i * i + Math.floor(i / 3)) % classes,
      ),
    },
    test: null,
  };
};

test.each(golden.cases as unknown as readonly Case[])(
  "$optimizer on $layers, $activation, $loss, schedule $schedule: real PyTorch's losses at every step",
  async (one) => {
    const { optimizer, rate, batch, seed, steps, schedule, warmup, norm, value, losses } = one;
    const clip = { ...(norm === null ? {} : { norm }), ...(value === null ? {} : { value }) };
    const model: Model = { ...mlp(one.layers, { activation: one.activation }), loss: one.loss };
    const run = await train(model, dataOf(one), {
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
      warmup,
      clip,
      ...(schedule === null ? {} : { schedule }),
    });
    expect(run.history.trainLoss).toHaveLength(steps + 1);
    run.history.trainLoss.forEach((loss, step) => {
      expect(Math.abs(loss - losses[step]!)).toBeLessThan(1e-9);
    });
  },
);
