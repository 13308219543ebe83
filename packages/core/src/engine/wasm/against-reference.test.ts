import { expect, test } from "vitest";
import { activations } from "../../activation/index.ts";
import type { Parameters } from "../../base/index.ts";
import { circles } from "../../data/index.ts";
import { heNormal } from "../../init/index.ts";
import { hasFastKernels } from "../../kernels/index.ts";
import {
  dense,
  LOSSES,
  type LossName,
  type Model,
  mlp,
  placedLayers,
  sequential,
} from "../../model/index.ts";
import { key } from "../../random/index.ts";
import { referenceTrainer } from "../reference/index.ts";
import type { LayerColumns, Run, Samples, TrainerFactory, Training } from "../trainer.ts";
import { wasmTrainer } from "./trainer.ts";

/** The spacing of float32 at 1. */
const EPSILON = 2 ** -23;

const parametersOf = (model: Model): Parameters =>
  Object.fromEntries(
    placedLayers(model)
      .flatMap(({ parameters }) => parameters)
      .map(({ path, role, shape }) => {
        if (role === "kernel") return [path, heNormal().draw(shape, key(7).at(path))];
        const data = new Float32Array(shape[0]!);
        key(7).at(path).fill(data, { kind: "normal", mean: 0, std: 0.2 });
        return [path, { shape, data }];
      }),
  );

const normals = (count: number, path: string): Float64Array => {
  const out = new Float32Array(count);
  key(5, "data").at(path).fill(out, { kind: "normal", mean: 0, std: 1 });
  return Float64Array.from(out);
};

const samplesOf = (loss: LossName, outputs: number, count: number, name: string): Samples => ({
  count,
  x: normals(2 * count, `${name}/x`),
  y:
    loss === "mse"
      ? normals(outputs * count, `${name}/y`)
      : Float64Array.from({ length: count }, (_, s) => s % (loss === "bce" ? 2 : outputs)),
});

const finish = (factory: TrainerFactory, model: Model, loss: LossName, more: Partial<Training> = {}): Run => {
  const outputs = loss === "bce" ? 1 : 3;
  const progress = factory(
    model,
    { train: samplesOf(loss, outputs, 37, "train"), test: samplesOf(loss, outputs, 11, "test") },
    {
      loss,
      optimizer: { name: "gradientDescent" },
      steps: 100,
      batch: null,
      logSteps: [0, 1, 10, 100],
      ...more,
    },
  ).start({ parameters: parametersOf(model), learningRate: 0.05, shuffleSeed: 4 });
  progress.advance(1000);
  return progress.run();
};

/** Largest distance of two columns, relative to values above 1. */
const apart = (got: ArrayLike<number>, want: ArrayLike<number>): number => {
  let worst = got.length === want.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < want.length; i++) {
    if (Number.isNaN(want[i]!) && Number.isNaN(got[i]!)) continue;
    worst = Math.max(worst, Math.abs(got[i]! - want[i]!) / Math.max(1, Math.abs(want[i]!)));
  }
  return worst;
};

/** Both runs agree within `ulps` float32 spacings in what is continuous, and exactly in what is counted. */
const agree = (got: Run, want: Run, ulps: number): void => {
  expect(got.logged).toBe(want.logged);
  expect(apart(got.trainLoss, want.trainLoss)).toBeLessThan(ulps * EPSILON);
  expect(apart(got.testLoss!, want.testLoss!)).toBeLessThan(ulps * EPSILON);
  expect(got.trainAccuracy).toEqual(want.trainAccuracy);
  expect(got.testAccuracy).toEqual(want.testAccuracy);
  for (const [path, columns] of Object.entries(want.layers)) {
    for (const [figure, column] of Object.entries(columns) as [keyof LayerColumns, Float32Array][]) {
      expect([path, figure, apart(got.layers[path]![figure], column) < ulps * EPSILON]).toEqual([
        path,
        figure,
        true,
      ]);
    }
  }
  for (const [path, { data }] of Object.entries(want.parameters)) {
    expect(apart(got.parameters[path]!.data, data)).toBeLessThan(ulps * EPSILON);
  }
};

const cases = activations.flatMap(({ name }) => LOSSES.map((loss) => ({ name, loss })));

test.each(cases)("$name under $loss trains as in the float64 reference", ({ name, loss }) => {
  const outputs = loss === "bce" ? 1 : 3;
  const model = sequential([dense(7, { activation: name }), dense(5, { activation: name }), dense(outputs)], {
    input: 2,
  });
  for (const batch of [null, 8]) {
    agree(finish(wasmTrainer, model, loss, { batch }), finish(referenceTrainer, model, loss, { batch }), 100);
  }
});

test.runIf(hasFastKernels()).each(activations)(
  "$name in fast mode trains as in the float64 reference",
  ({ name }) => {
    const fast: TrainerFactory = (model, data, how) => wasmTrainer(model, data, how, { mode: "fast" });
    const model = sequential([dense(7, { activation: name }), dense(3)], { input: 2 });
    agree(finish(fast, model, "softmax"), finish(referenceTrainer, model, "softmax"), 100);
  },
);

test.each(["relu", "tanh"])("a last layer with %s trains as in the float64 reference", (activation) => {
  const model = sequential([dense(4, { activation: "tanh" }), dense(3, { activation })], { input: 2 });
  agree(finish(wasmTrainer, model, "mse"), finish(referenceTrainer, model, "mse"), 100);
});

test("the course network's first 100 steps agree with the float64 reference", () => {
  const set = circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
  const model = mlp([2, 10, 5, 1]);
  const how: Training = {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps: 100,
    batch: null,
    logSteps: [0, 50, 100],
  };
  const [got, want] = [wasmTrainer, referenceTrainer].map((factory) => {
    const progress = factory(model, set, how).start({
      parameters: parametersOf(model),
      learningRate: 0.1,
      shuffleSeed: 0,
    });
    progress.advance(100);
    return progress.run();
  });
  agree(got!, want!, 100);
});
