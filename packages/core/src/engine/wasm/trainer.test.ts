import { expect, test } from "vitest";
import { type Parameters, std } from "../../base/index.ts";
import { runTwin } from "../../kernels/index.ts";
import { dense, type Model, mlp, placedLayers, sequential } from "../../model/index.ts";
import { key } from "../../random/index.ts";
import type { Samples, Training, TrainingData } from "../trainer.ts";
import { bytesOf } from "./memory.ts";
import { makePlan } from "./plan.ts";
import { wasmTrainer } from "./trainer.ts";

/** Numbers between −1 and 1 that look like noise. */
const noise = (count: number, seed: number): Float64Array => {
  let state = seed * 2654435761 + 1;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  });
};

/** Points of the unit square; the class is the quadrant's sign, or the quadrant. */
const quadrants = (count: number, seed: number, classes: 2 | 4): Samples => {
  const x = noise(2 * count, seed);
  const y = Float64Array.from({ length: count }, (_, s) => {
    const [a, b] = [x[s]! > 0 ? 1 : 0, x[count + s]! > 0 ? 1 : 0];
    return classes === 2 ? (a === b ? 0 : 1) : 2 * a + b;
  });
  return { count, x, y };
};

const parametersOf = (model: Model, seed: number): Parameters =>
  Object.fromEntries(
    placedLayers(model)
      .flatMap((layer) => layer.parameters)
      .map(({ path, shape }, index) => {
        const size = shape.reduce((product, axis) => product * axis, 1);
        return [path, { shape, data: Float32Array.from(noise(size, seed + index)) }];
      }),
  );

const course = mlp([2, 10, 5, 1]);
const data = (count = 300, classes: 2 | 4 = 2): TrainingData => ({
  train: quadrants(count, 1, classes),
  test: quadrants(100, 2, classes),
});
const training = (steps: number, more: Partial<Training> = {}): Training => ({
  loss: "bce",
  optimizer: { name: "gradientDescent" },
  steps,
  batch: null,
  logSteps: steps === 0 ? [0] : [0, steps],
  ...more,
});
const bits = (values: ArrayLike<number>): number[] => [...new Uint32Array(Float32Array.from(values).buffer)];

const finish = (model: Model, set: TrainingData, how: Training, learningRate = 0.1, seed = 3) => {
  const progress = wasmTrainer(model, set, how).start({
    parameters: parametersOf(model, seed),
    learningRate,
    shuffleSeed: seed,
  });
  while (!progress.done) progress.advance(1000);
  return progress.run();
};

test("a whole training is the same bits in WebAssembly and in plain TypeScript", () => {
  const wide = sequential([dense(7, { activation: "tanh" }), dense(6, { activation: "sigmoid" }), dense(4)], {
    input: 2,
  });
  for (const [model, loss, classes] of [
    [course, "bce", 2],
    [wide, "softmax", 4],
  ] as const) {
    const set = data(37, classes);
    const how = training(20, { loss });
    const run = finish(model, set, how);
    const plan = makePlan(model, set, how, 64, 0);
    const buffer = new ArrayBuffer(plan.end);
    const [floats, words] = [new Float32Array(buffer), new Int32Array(buffer)];
    plan.train.upload(floats);
    words.set(plan.step.words, plan.step.at / 4);
    floats[plan.state / 4] = 0.1;
    const parameters = parametersOf(model, 3);
    for (const { path, at } of plan.parameters) floats.set(parameters[path]!.data, at / 4);
    expect(runTwin(buffer, plan.step.at, 20, plan.state)).toBe(20);
    for (const { path, at, size } of plan.parameters) {
      expect(bits(run.parameters[path]!.data)).toEqual(bits(floats.slice(at / 4, at / 4 + size)));
    }
  }
});

test("the course network learns the quadrants, and the figures say so", () => {
  const run = finish(course, data(), training(3000, { logSteps: [0, 1, 100, 3000] }), 0.3);
  expect(run.logged).toBe(4);
  expect(run.diverged).toBeNull();
  expect(run.trainLoss[3]).toBeLessThan(0.2);
  expect(run.trainAccuracy[3]).toBeGreaterThan(0.95);
  expect(run.testAccuracy![3]).toBeGreaterThan(0.9);
  expect([...run.layers.dense1!.distinctUnits]).toEqual([10, 10, 10, 10]);
});

test("how the steps are sliced changes no bit", () => {
  const how = training(100, { logSteps: [0, 30, 100] });
  const whole = finish(course, data(), how);
  const sliced = wasmTrainer(course, data(), how).start({
    parameters: parametersOf(course, 3),
    learningRate: 0.1,
    shuffleSeed: 3,
  });
  const seen = [sliced.step];
  while (!sliced.done) {
    sliced.advance(7);
    seen.push(sliced.step);
  }
  expect(seen.slice(0, 4)).toEqual([0, 7, 14, 21]);
  expect(sliced.run()).toEqual(whole);
});

test("trainers that take turns disturb one another in nothing", () => {
  const how = training(100);
  const [big, small] = [mlp([2, 64, 1]), course];
  const alone = [finish(big, data(), how), finish(small, data(200), how)];
  const begin = (model: Model, set: TrainingData) =>
    wasmTrainer(model, set, how).start({
      parameters: parametersOf(model, 3),
      learningRate: 0.1,
      shuffleSeed: 3,
    });
  const turns = [begin(big, data()), begin(small, data(200))];
  for (let turn = 0; turns.some(({ done }) => !done); turn++) turns[turn % 2]!.advance(9);
  expect(turns.map((progress) => progress.run())).toEqual(alone);
});

test.each([null, 16])("members that take turns give the bits of one after another, batch %s", (batch) => {
  const how = training(60, { batch, logSteps: [0, 7, 30, 60] });
  const seeds = [3, 4, 5];
  const alone = seeds.map((seed) => finish(course, data(37), how, 0.1 * seed, seed));
  const trainer = wasmTrainer(course, data(37), how);
  const members = seeds.map((seed) =>
    trainer.start({ parameters: parametersOf(course, seed), learningRate: 0.1 * seed, shuffleSeed: seed }),
  );
  for (let turn = 0; members.some(({ done }) => !done); turn++) {
    members[turn % 3]!.advance(1 + (turn % 5));
    if (turn === 10) finish(mlp([2, 30, 1]), data(20), training(1));
  }
  expect(members.map((member) => member.run())).toEqual(alone);
});

test("figures in several slices begin anew when another member came between", () => {
  const set = { train: quadrants(30_000, 1, 2), test: null };
  const wide = mlp([2, 100, 100, 1]);
  const how = training(1, { batch: 64 });
  const alone = finish(wide, set, how);
  const trainer = wasmTrainer(wide, set, how);
  const begin = () => trainer.start({ parameters: parametersOf(wide, 3), learningRate: 0.1, shuffleSeed: 3 });
  const [one, other] = [begin(), begin()];
  expect([one.logged, other.logged]).toEqual([0, 0]);
  while (!one.done) one.advance(1);
  while (!other.done) other.advance(1);
  expect([one.run(), other.run()]).toEqual([alone, alone]);
});

test("mini-batches are trainings on the samples of the epoch's order, the last one smaller", () => {
  const set = data(37);
  const { x, y } = set.train;
  const run = finish(course, set, training(6, { batch: 16 }));
  let parameters = parametersOf(course, 3);
  for (let step = 0; step < 6; step++) {
    const order = Uint32Array.from({ length: 37 }, (_, s) => s);
    key(3, "shuffle", `epoch/${Math.floor(step / 3)}`).shuffle(order);
    const chosen = [...order.slice((step % 3) * 16, (step % 3) * 16 + 16)];
    const part: Samples = {
      count: chosen.length,
      x: Float64Array.from([...chosen.map((s) => x[s]!), ...chosen.map((s) => x[37 + s]!)]),
      y: Float64Array.from(chosen.map((s) => y[s]!)),
    };
    const progress = wasmTrainer(course, { train: part, test: null }, training(1)).start({
      parameters,
      learningRate: 0.1,
      shuffleSeed: 0,
    });
    progress.advance(1);
    parameters = progress.run().parameters;
  }
  expect(run.parameters).toEqual(parameters);
});

test("mini-batches sliced anywhere, and interrupted by another trainer, end in the same bits", () => {
  const how = training(50, { batch: 16, logSteps: [0, 10, 50] });
  const whole = finish(course, data(37), how);
  const sliced = wasmTrainer(course, data(37), how).start({
    parameters: parametersOf(course, 3),
    learningRate: 0.1,
    shuffleSeed: 3,
  });
  while (!sliced.done) {
    sliced.advance(2);
    finish(course, data(20), training(1));
  }
  expect(sliced.run()).toEqual(whole);
});

test("figures over many blocks equal those over one, up to the order of the sums", () => {
  const set = { train: quadrants(3000, 1, 2), test: quadrants(1500, 2, 2) };
  const wide = mlp([2, 200, 200, 1]);
  const [one, many] = [training(0), training(0, { batch: 64 })].map((how) => finish(wide, set, how));
  expect(many!.trainLoss[0]).toBeCloseTo(one!.trainLoss[0]!, 6);
  expect(many!.testLoss![0]).toBeCloseTo(one!.testLoss![0]!, 6);
  expect(many!.testAccuracy).toEqual(one!.testAccuracy);
  for (const path of ["dense1", "dense2", "dense3"]) {
    const [a, b] = [one!.layers[path]!, many!.layers[path]!];
    expect(b.activationRms[0]! / a.activationRms[0]!).toBeCloseTo(1, 5);
    expect(b.gradientRms[0]! / a.gradientRms[0]!).toBeCloseTo(1, 5);
    expect([b.updateRatio[0], a.updateRatio[0]]).toEqual([Number.NaN, Number.NaN]);
    expect([b.dead[0], b.distinctUnits[0]]).toEqual([a.dead[0], a.distinctUnits[0]]);
  }
});

test("the update ratio is the spread of what the last update changed over that of the kernel", () => {
  const set = data(200);
  const how = training(5, { batch: 32, logSteps: [0, 4, 5] });
  const before = finish(course, set, { ...how, steps: 4, logSteps: [0, 4] }).parameters;
  const run = finish(course, set, how);
  for (const { path } of placedLayers(course)) {
    const [old, now] = [before, run.parameters].map((one) => Float64Array.from(one[`${path}/kernel`]!.data));
    const change = now!.map((value, i) => value - old![i]!);
    expect(run.layers[path]!.updateRatio[2]).toBeCloseTo(std(change) / std(now!), 6);
    expect(run.layers[path]!.updateRatio[2]).toBeGreaterThan(0);
    expect(run.layers[path]!.updateRatio[0]).toBeNaN();
  }
});

test("a thousand trainings of many sizes need no more memory than the largest", () => {
  finish(mlp([2, 40, 1]), data(200), training(1));
  const before = bytesOf("strict");
  for (let i = 0; i < 1000; i++) finish(mlp([2, 1 + (i % 40), 1]), data(8 + (i % 150)), training(1));
  expect(bytesOf("strict")).toBe(before);
});

test("with no step at all the figures of step zero are there, and the parameters are as given", () => {
  const run = finish(course, data(), training(0));
  expect(run.logged).toBe(1);
  expect(run.parameters).toEqual(parametersOf(course, 3));
});

test("zeros keep the units alike, dead, and the loss at ln 2", () => {
  const zeros = Object.fromEntries(
    Object.entries(parametersOf(course, 3)).map(([path, { shape, data: values }]) => [
      path,
      { shape, data: values.map(() => 0) },
    ]),
  );
  const progress = wasmTrainer(course, data(), training(0)).start({
    parameters: zeros,
    learningRate: 0.1,
    shuffleSeed: 0,
  });
  const { trainLoss, layers } = progress.run();
  expect(trainLoss[0]).toBeCloseTo(Math.LN2, 6);
  expect(layers.dense1!.distinctUnits[0]).toBe(1);
  expect(layers.dense1!.dead[0]).toBe(1);
  expect(layers.dense3!.dead[0]).toBe(1);
  expect(layers.dense1!.updateRatio[0]).toBeNaN();
});

test("a run that stops being finite says after which update and in which layer, and keeps what was logged", () => {
  const logSteps = Array.from({ length: 201 }, (_, step) => step);
  const run = finish(course, data(), training(200, { logSteps }), 1e30);
  expect(run.diverged).not.toBeNull();
  expect(run.logged).toBe(run.diverged!.step);
  expect(run.trainLoss.every(Number.isFinite)).toBe(true);
  expect(["dense1", "dense2", "dense3"]).toContain(run.diverged!.layer);
});

test("an initial state that is not finite diverges at step 0 in its layer", () => {
  const parameters = parametersOf(course, 3);
  parameters["dense2/kernel"]!.data[7] = Number.NaN;
  const progress = wasmTrainer(course, data(), training(10)).start({
    parameters,
    learningRate: 0.1,
    shuffleSeed: 0,
  });
  expect(progress.done).toBe(true);
  expect(progress.run()).toMatchObject({ logged: 0, diverged: { step: 0, layer: "dense2" } });
});

test("what cannot be held is refused", () => {
  expect(() => wasmTrainer(mlp([2, 40_000, 40_000, 1]), data(), training(1))).toThrow(
    "MiB of WebAssembly memory",
  );
  expect(() => wasmTrainer(mlp([2, 3, 1], { activation: "wobble" }), data(), training(1))).toThrow("wobble");
  const other = { ...training(1), optimizer: { name: "newton" } } as unknown as Training;
  expect(() => wasmTrainer(course, data(), other)).toThrow("newton");
});
