import { expect, test } from "vitest";
import { blobs } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { createTrainer } from "./create-trainer.ts";
import { ENGINES, type LayerColumns, type Samples, type Training } from "./trainer.ts";

const data = blobs({ classes: 3, samples: 700, testSamples: 40 });
const model = mlp([2, 9, 5, 3], { activation: "tanh" });
const member = { parameters: initialize(model, { seed: 1 }), learningRate: 0.1, shuffleSeed: 1 };
const first = ({ count, x }: Samples, y: Float64Array, n: number): Samples => ({
  count: n,
  x: Float64Array.from({ length: (n * x.length) / count }, (_, i) => x[Math.floor(i / n) * count + (i % n)]!),
  y: y.slice(0, n),
});

const FIGURES = ["activationRms", "gradientRms", "dead", "saturated"] as const;

test.each(ENGINES.flatMap((engine) => [64, null].map((batch) => [engine, batch] as const)))(
  "%s with batches of %s takes figures of layers from the first samples, and losses from all",
  (engine, batch) => {
    const training: Training = {
      loss: "softmax",
      optimizer: { name: "sgd" },
      steps: 3,
      batch,
      logSteps: [0, 2, 3],
    };
    const run = (own: Training, samples = data) => {
      const progress = createTrainer(engine, model, samples, own).start(member);
      progress.advance(own.steps);
      return progress.run();
    };
    const whole = run(training);
    const part = run({ ...training, figureSamples: 256 });
    for (const name of [
      "trainLoss",
      "trainAccuracy",
      "trainBalancedAccuracy",
      "testLoss",
      "testAccuracy",
    ] as const) {
      part[name]!.forEach((value, at) => {
        expect(value).toBeCloseTo(whole[name]![at]!, engine === "reference" ? 14 : 6);
      });
    }
    const few = { ...data, train: first(data.train, data.train.y, 256) };
    const start = run({ ...training, steps: 0, batch: null, logSteps: [0] }, few);
    for (const [path, columns] of Object.entries(part.layers)) {
      for (const figure of FIGURES) {
        const own = (layers: Readonly<Record<string, LayerColumns>>) => layers[path]![figure][0]!;
        expect(own(part.layers)).toBeCloseTo(own(start.layers), 6);
        if (figure.endsWith("Rms")) expect(own(part.layers)).not.toBe(own(whole.layers));
      }
      expect(columns.updateRatio[2]).toBeCloseTo(whole.layers[path]!.updateRatio[2]!, 5);
    }
    expect(run({ ...training, figureSamples: 700 })).toEqual(whole);
  },
);
