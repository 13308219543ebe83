import { expect, test } from "vitest";
import { circles } from "../../data/index.ts";
import { hasFastKernels } from "../../kernels/index.ts";
import { mlp } from "../../model/index.ts";
import { optimizer } from "../../optimizer/index.ts";
import { initialize } from "../../scheme/index.ts";
import { referenceTrainer } from "../reference/index.ts";
import type { Member, Run, Trainer, TrainerFactory, Training } from "../trainer.ts";
import { wasmTrainer } from "./trainer.ts";

const model = mlp([2, 7, 5, 1], { activation: "tanh" });
const data = circles({ samples: 50, testSamples: 20, noise: 0.05, seed: 1 });
const member = (seed: number, learningRate: number): Member => ({
  parameters: initialize(model, { initialization: "glorot", seed }),
  learningRate,
  shuffleSeed: seed,
});

const SPECS = [
  "sgd",
  { name: "sgd", weightDecay: 0.01 },
  { name: "sgd", momentum: 0.9, dampening: 0.2 },
  { name: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0.01 },
  { name: "keras:sgd", momentum: 0.9, nesterov: true, weightDecay: 0.01 },
  "rmsprop",
  { name: "rmsprop", centered: true, momentum: 0.5, weightDecay: 0.01 },
  { name: "keras:rmsprop", momentum: 0.5 },
  { name: "adagrad", rateDecay: 0.1 },
  "keras:adagrad",
  "adam",
  { name: "adam", amsgrad: true, weightDecay: 0.01 },
  "keras:adam",
  "optax:adam",
  { name: "adamW", weightDecay: 0.1 },
  "nadam",
  "keras:nadam",
  "muon",
  "keras:muon",
  "optax:muon",
] as const;

const training = (spec: (typeof SPECS)[number], more: Partial<Training> = {}): Training => ({
  loss: "bce",
  optimizer: optimizer(spec).config,
  steps: 30,
  batch: 16,
  logSteps: [0, 1, 15, 30],
  ...more,
});

const RATE = 0.003;
const finish = (trainer: Trainer, one: Member, steps = 1000): Run => {
  const progress = trainer.start(one);
  while (!progress.done) progress.advance(steps);
  return progress.run();
};

const worst = (a: Run, b: Run): number =>
  Math.max(
    ...Object.entries(b.parameters).flatMap(([path, { data: values }]) =>
      Array.from(values, (value, i) => Math.abs(a.parameters[path]!.data[i]! - value)),
    ),
  );

test.each(SPECS)("%o trains in float32 as in the float64 reference", (spec) => {
  for (const more of [
    {},
    { batch: null, schedule: { name: "cosine" }, warmup: 5, clip: { norm: 0.3, value: 0.05 } },
  ] as const) {
    const how = training(spec, more);
    const want = finish(referenceTrainer(model, data, how), member(3, RATE));
    const modes = hasFastKernels() ? (["strict", "fast"] as const) : (["strict"] as const);
    for (const mode of modes) {
      const got = finish(wasmTrainer(model, data, how, { mode }), member(3, RATE));
      expect(worst(got, want)).toBeLessThan(3e-5);
      expect(Math.abs(got.trainLoss[3]! - want.trainLoss[3]!)).toBeLessThan(1e-5);
      expect(got.trainLoss[3]).not.toBe(got.trainLoss[0]);
      for (const [path, { updateRatio }] of Object.entries(want.layers)) {
        for (const at of [1, 2, 3]) {
          // What a weight changes by is a multiple of its float32 spacing.
          const ratio = got.layers[path]!.updateRatio[at]!;
          expect(Math.abs(ratio - updateRatio[at]!)).toBeLessThan(0.001 * updateRatio[at]! + 2 ** -23);
        }
      }
    }
  }
});

test.each(SPECS)(
  "%o: members that take turns, step by step, get the bits of members that run alone",
  (spec) => {
    const how = training(spec, { schedule: { name: "exponential" }, warmup: 3 });
    for (const factory of [wasmTrainer, referenceTrainer] as TrainerFactory[]) {
      const alone = [3, 4].map((seed) => finish(factory(model, data, how), member(seed, RATE)));
      const trainer = factory(model, data, how);
      const turns = [3, 4].map((seed) => trainer.start(member(seed, RATE)));
      while (turns.some(({ done }) => !done)) for (const one of turns) one.advance(1);
      turns.forEach((one, at) => {
        const { layers, ...run } = one.run();
        const { layers: wanted, ...rest } = alone[at]!;
        expect(run).toEqual(rest);
        expect(layers).toEqual(wanted);
      });
    }
  },
);

test("rates per parameter: twice the factor is twice the rate, none leaves the parameter as it is", () => {
  const paths = Object.keys(member(3, RATE).parameters);
  for (const spec of [
    "sgd",
    "adam",
    "muon",
    { name: "rmsprop", momentum: 0.5, centered: true, weightDecay: 0.01 },
  ] as const) {
    const how = training(spec, { ratesApart: true });
    for (const factory of [wasmTrainer, referenceTrainer] as TrainerFactory[]) {
      const twice = finish(factory(model, data, how), {
        ...member(3, RATE),
        rates: Object.fromEntries(paths.map((path) => [path, 2])),
      });
      const fast = finish(factory(model, data, { ...how, ratesApart: false }), member(3, 2 * RATE));
      expect(twice.parameters).toEqual(fast.parameters);
      const some = finish(factory(model, data, how), { ...member(3, RATE), rates: { "dense2/kernel": 0 } });
      const before = member(3, RATE).parameters;
      for (const path of paths) {
        const same = String(some.parameters[path]!.data) === String(Float64Array.from(before[path]!.data));
        expect([path, same]).toEqual([path, path === "dense2/kernel"]);
      }
    }
  }
});

test("a gradient that is clipped to nothing but its sign moves every weight by the rate", () => {
  const how = training("sgd", { steps: 1, logSteps: [0, 1], clip: { value: 1e-6 } });
  const run = finish(referenceTrainer(model, data, how), member(3, 1));
  const before = member(3, 1).parameters;
  for (const [path, { data: values }] of Object.entries(run.parameters)) {
    for (const [i, value] of values.entries()) {
      expect(Math.abs(Math.abs(value - before[path]!.data[i]!) - 1e-6)).toBeLessThan(1e-9);
    }
  }
});
