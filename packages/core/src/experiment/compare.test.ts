import { expect, test } from "vitest";
import { circles, type Dataset, spirals } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { type CompareOptions, compare } from "./compare.ts";
import { contendersOf, memberOf, placesOf } from "./members.ts";
import type { Study } from "./study.ts";

const data = circles({ samples: 60, testSamples: 20 });
const model = mlp([2, 6, 1]);
const options: CompareOptions = {
  initializations: ["zeros", "he", "glorot"],
  learningRates: [0.1, 0.5],
  seeds: 3,
  steps: 300,
  workers: 0,
};

/** A study as bits, but for the time that it took. */
const bits = ({ elapsedMs: _, ...study }: Study): string =>
  JSON.stringify(study, (_key, value) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
  );

test("the result is the same bits with 0, 1, 2 and 3 workers", async () => {
  const alone = bits(await compare(model, data, options));
  for (const workers of [1, 2, 3]) {
    expect(bits(await compare(model, data, { ...options, workers }))).toBe(alone);
  }
});

test("zeros are trained once, counted for every seed and claimed as one", async () => {
  const seen: string[] = [];
  const comparison = compare(model, data, options);
  for await (const run of comparison) seen.push(run.initialization);
  const study = await comparison;
  expect(seen.filter((id) => id === "zeros")).toHaveLength(2);
  expect(study.runs.filter(({ initialization }) => initialization === "zeros")).toHaveLength(6);
  expect(study.initializations[0]!.cells[0]!.reached).toMatchObject({ of: 3, distinct: 1, interval: null });
  expect(study.initializations[1]!.cells[0]!.reached).toMatchObject({ of: 3, distinct: 3 });
  expect(study.complete).toBe(true);
});

test("with mini-batches the seeds of zeros differ by their order", async () => {
  const study = await compare(model, data, { ...options, batch: 16, steps: 20 });
  expect(study.initializations[0]!.cells[0]!.reached.distinct).toBe(3);
});

test("seed k of every initialization and rate is trained before seed k + 1", async () => {
  const seeds: number[] = [];
  for await (const { seed } of compare(model, data, {
    ...options,
    initializations: ["he", "glorot"],
    steps: 5,
  })) {
    seeds.push(seed);
  }
  expect(seeds).toEqual([...seeds].sort((a, b) => a - b));
});

test.each([0, 2])("cancelled with %d workers it resolves with what is done", async (workers) => {
  const controller = new AbortController();
  const seen: number[] = [];
  const comparison = compare(model, data, { ...options, steps: 20_000, workers, signal: controller.signal });
  for await (const { seed } of comparison) {
    seen.push(seed);
    controller.abort();
  }
  const study = await comparison;
  expect(study.complete).toBe(false);
  expect(study.runs.length).toBeGreaterThanOrEqual(1);
  expect(study.runs.length).toBeLessThan(18);
});

test("runs of an interrupted comparison are not trained again, and the result is that of a whole one", async () => {
  const whole = await compare(model, data, options);
  const previous = whole.runs.filter(({ seed }) => seed < 2);
  const fresh: number[] = [];
  const resumed = await compare(model, data, {
    ...options,
    previous,
    onProgress: ({ ofSteps }) => fresh.push(ofSteps / 300),
  });
  expect(bits(resumed)).toBe(bits(whole));
  expect(fresh.at(-1)).toBe(4);
});

test("paired initializations share their uniforms; unpaired ones do not", () => {
  const wide = mlp([2, 200, 1]);
  const grid = {
    contenders: contendersOf(wide, ["heNormal", "heUniform"]),
    learningRates: [0.1],
    seed: 0,
    seeds: 1,
    shuffles: false,
  };
  const correlation = (paired: boolean): number => {
    const [a, b] = placesOf(grid).map(
      (place) => memberOf(wide, grid, place, "stepzero", paired).parameters["dense1/kernel"]!.data,
    );
    let [ab, aa, bb] = [0, 0, 0];
    for (let i = 0; i < a!.length; i++) {
      ab += a![i]! * b![i]!;
      aa += a![i]! * a![i]!;
      bb += b![i]! * b![i]!;
    }
    return ab / Math.sqrt(aa * bb);
  };
  // The correlation of Φ⁻¹(u) with u is √(3/π) = 0.977.
  expect(correlation(true)).toBeGreaterThan(0.95);
  expect(Math.abs(correlation(false))).toBeLessThan(0.25);
});

test("resampled, every seed has data of its own", async () => {
  const study = await compare(model, data, {
    ...options,
    initializations: ["zeros", "he"],
    steps: 5,
    resample: (seed) => circles({ samples: 60, testSamples: 20, seed: 100 + seed }),
  });
  const losses = study.runs.filter(
    ({ initialization, learningRate }) => initialization === "he" && learningRate === 0.1,
  );
  expect(study.initializations[0]!.cells[0]!.reached.distinct).toBe(3);
  expect(new Set(losses.map(({ outcome }) => outcome.test!.loss)).size).toBe(3);
});

test("columns keep at most 128 log points, the first and the last among them", async () => {
  const study = await compare(model, data, { ...options, seeds: 1, steps: 400, logEvery: 1 });
  expect(study.training.logSteps).toHaveLength(401);
  expect([study.logSteps.length, study.logSteps[0], study.logSteps.at(-1)]).toEqual([128, 0, 400]);
  for (const { columns } of study.runs) expect(columns.trainLoss).toHaveLength(128);
});

test("pairs compare each initialization at its own best rate", async () => {
  const { pairs, initializations } = await compare(model, data, { ...options, steps: 1500 });
  expect(pairs.map(({ a, b }) => `${a} ${b}`)).toEqual(["zeros he", "zeros glorot", "he glorot"]);
  for (const pair of pairs) {
    const rates = [pair.a, pair.b].map(
      (id) => initializations.find((one) => one.id === id)!.best!.learningRate,
    );
    expect(pair.learningRate).toEqual(rates);
  }
});

test.each<[CompareOptions, Dataset, string]>([
  [{ initializations: ["he", "kaiming"] }, data, "are one initialization"],
  [{ initializations: [] }, data, "expected at least one"],
  [{ learningRates: [] }, data, "expected at least one"],
  [{ learningRates: [Number.NaN] }, data, "expected a finite number"],
  [{ seeds: 0 }, data, "expected an integer ≥ 1"],
  [{ seed: 4294967295, seeds: 2 }, data, "expected a seed"],
  [{}, spirals({ classes: 3 }), "expected 1 output and 2 classes for bce"],
])("what cannot be compared is refused before anything is trained: %o", (more, set, message) => {
  expect(() => compare(model, set, { ...options, ...more })).toThrow(message);
});

test("under mse the target is a loss, also where the data have classes, and no accuracy is claimed", async () => {
  const study = await compare(mlp([2, 6, 1], { loss: "mse" }), data, { ...options, steps: 200 });
  expect(study.target).toEqual({ metric: "loss", split: "train", value: 0.1 });
  const [cell] = study.initializations[1]!.cells;
  expect([cell!.train.accuracy, cell!.stuck]).toEqual([null, null]);
  const accuracy = { metric: "accuracy", split: "train", value: 0.9 } as const;
  expect(() => compare(mlp([2, 6, 1], { loss: "mse" }), data, { ...options, target: accuracy })).toThrow(
    "target: expected a loss under mse, got an accuracy",
  );
});

test("a comparison has catch and finally as a promise has", async () => {
  const small = { ...options, seeds: 1, steps: 1 };
  let settled = 0;
  const study = await compare(model, data, small)
    .catch(() => null)
    .finally(() => settled++);
  expect(study?.complete).toBe(true);
  const failing = (): Dataset => {
    throw new Error("no data");
  };
  const said = await compare(model, data, { ...small, resample: failing })
    .finally(() => settled++)
    .catch((error: Error) => error.message);
  expect(said).toBe("no data");
  expect(settled).toBe(2);
  expect(await Promise.allSettled([compare(model, data, small)])).toMatchObject([{ status: "fulfilled" }]);
});
