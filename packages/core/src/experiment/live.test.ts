import { expect, test } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { compare } from "./compare.ts";
import { type Live, type LiveOptions, liveComparison } from "./live.ts";
import { predict } from "./predict.ts";
import type { Study } from "./study.ts";
import { train } from "./train.ts";

const data = circles({ samples: 60, testSamples: 20 });
const model = mlp([2, 6, 1]);
const options: LiveOptions = {
  initializations: ["zeros", "he", "random:1"],
  learningRates: [0.1, 0.5],
  seeds: 2,
  steps: 600,
  workers: 0,
};

/** A study as bits, but for the time that it took. */
const bits = ({ elapsedMs: _, ...study }: Study): string =>
  JSON.stringify(study, (_key, value) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
  );

const ended = (live: Live): Promise<void> =>
  new Promise((resolve) => {
    const stop = live.onChange(() => {
      if (!live.done) return;
      stop();
      resolve();
    });
  });

/** Columns and figures of all members. */
const curves = (live: Live): string =>
  JSON.stringify(
    live.members.map(({ columns, layers, diverged, step, reachedAt }) => ({
      columns,
      layers,
      diverged,
      step,
      reachedAt,
    })),
    (_key, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value),
  );

const played = async (more: LiveOptions): Promise<Live> => {
  const live = liveComparison(model, data, { ...options, ...more });
  const end = ended(live);
  live.play();
  expect(live.playing).toBe(true);
  await end;
  expect(live.playing).toBe(false);
  return live;
};

test.each([
  [0, {}],
  [1, {}],
  [3, {}],
  [2, { batch: 16 }],
  [2, { engine: "reference" as const, steps: 60 }],
  [2, { steps: 0 }],
])("played to the end on %d workers it is the study that compare gives, %o", async (workers, more) => {
  const live = await played({ ...more, workers });
  const study = await live.study();
  live.close();
  expect(study.complete).toBe(true);
  expect(bits(study)).toBe(bits(await compare(model, data, { ...options, ...more })));
});

test("a member's curves are those of train, to the bit", async () => {
  const live = await played({ workers: 2 });
  const member = live.members.find(
    ({ initialization, learningRate, seed }) => initialization === "he" && learningRate === 0.5 && seed === 1,
  )!;
  const run = await train(model, data, { initialization: "he", learningRate: 0.5, seed: 1, steps: 600 });
  live.close();
  expect([...member.columns.trainLoss]).toEqual(run.history.trainLoss);
  expect([...member.columns.testAccuracy!]).toEqual(run.history.testAccuracy);
  expect(member.layers).toEqual(run.layers);
  expect(member.logged).toBe(121);
});

test.each([0, 2])("rewound it gives the identical curves, on %d workers", async (workers) => {
  const live = await played({ workers });
  const first = curves(live);
  live.rewind();
  expect(live.step).toBe(0);
  expect(live.members.every(({ logged, done }) => logged === 0 && !done)).toBe(true);
  await live.advance(50);
  live.rewind();
  const end = ended(live);
  live.play();
  await end;
  expect(curves(live)).toBe(first);
  live.close();
});

test.each([0, 2])("steps bring all members to the same step, on %d workers", async (workers) => {
  const live = liveComparison(model, data, { ...options, workers });
  await live.advance(0);
  expect(live.members.map(({ step, logged }) => [step, logged])).toEqual(live.members.map(() => [0, 1]));
  await live.advance(7);
  expect(live.members.map(({ step }) => step)).toEqual(live.members.map(() => 7));
  await live.advance(3);
  expect(live.members.map(({ step }) => step)).toEqual(live.members.map(() => 10));
  live.close();
});

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

test("paused, it comes to rest; what was asked for before is over then", async () => {
  const live = liveComparison(model, data, { ...options, steps: 10_000_000 });
  const far = live.advance(1_000_000);
  while (live.step === 0) await turns(1);
  live.pause();
  await far;
  await turns(2);
  const steps = live.members.map(({ step }) => step);
  await turns(20);
  expect(live.members.map(({ step }) => step)).toEqual(steps);
  expect([live.done, live.playing]).toEqual([false, false]);
  live.close();
});

test("after a pause a step brings all together, beyond the furthest", async () => {
  const live = liveComparison(model, data, { ...options, steps: 10_000_000 });
  live.play();
  while (live.step === 0) await turns(1);
  live.pause();
  await turns(2);
  const furthest = Math.max(...live.members.map(({ step }) => step));
  await live.advance(3);
  expect(live.members.map(({ step }) => step)).toEqual(live.members.map(() => furthest + 3));
  live.close();
});

test("members are seed after seed; those that can only repeat another share its run", async () => {
  const live = await played({ workers: 0, steps: 20 });
  expect(live.members.map(({ seed }) => seed)).toEqual([...Array(6).fill(0), ...Array(6).fill(1)]);
  const zeros = live.members.filter(({ initialization }) => initialization === "zeros");
  expect(zeros.map(({ twinOf }) => twinOf)).toEqual([null, null, 0, 1]);
  expect(zeros[2]!.columns).toEqual(zeros[0]!.columns);
  expect(live.members.filter(({ twinOf }) => twinOf !== null)).toHaveLength(2);
});

test("a member that diverges is frozen and says where; the others go on", async () => {
  const live = await played({ workers: 2, learningRates: [0.1, 1e30] });
  const broken = live.members.find(
    ({ initialization, learningRate }) => initialization === "he" && learningRate === 1e30,
  )!;
  live.close();
  expect(broken.diverged!.layer).toMatch(/^dense[12]$/);
  expect(broken.step).toBe(broken.diverged!.step);
  expect(broken.done).toBe(true);
  expect(live.members[0]!.step).toBe(600);
  expect((await live.study()).complete).toBe(true);
});

test("half way, the study holds what is done", async () => {
  const live = liveComparison(model, data, { ...options, learningRates: [0.1, 1e30] });
  await live.advance(100);
  const study = await live.study();
  live.close();
  expect(study.complete).toBe(false);
  expect(study.runs.every(({ learningRate }) => learningRate === 1e30)).toBe(true);
  expect(study.runs.length).toBeGreaterThan(0);
});

test("the boundary is what predict says of the middles of the cells, from the top left", async () => {
  const live = liveComparison(model, data, { ...options, workers: 1 });
  await live.advance(400);
  const index = live.members.findIndex(
    ({ initialization, learningRate }) => initialization === "he" && learningRate === 0.5,
  );
  const p = await live.boundary(index, 3, { x: [-1.5, 1.5], y: [-3, 3] });
  live.close();
  const { parameters } = await train(model, data, { initialization: "he", learningRate: 0.5, steps: 400 });
  const points = [2, 0, -2].flatMap((y) => [-1, 0, 1].map((x) => [x, y]));
  expect(p).toEqual(
    Float32Array.from(predict(model, parameters, points), ({ probabilities }) => probabilities[1]!),
  );
  await expect(live.boundary(index, 3, { x: [0, 1], y: [0, 1] })).rejects.toThrow("lost");
});

test("what cannot be compared is refused before a worker is started", () => {
  expect(() => liveComparison(mlp([3, 2, 1]), data, options)).toThrow("expected 2 inputs");
  expect(() => liveComparison(model, data, { ...options, seeds: 0 })).toThrow("expected an integer");
  expect(() => liveComparison(mlp([2, 40_000, 40_000, 1]), data, options)).toThrow("MiB");
});
