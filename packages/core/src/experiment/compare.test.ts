import { expect, test } from "vitest";
import { blobs, circles, type Dataset, spirals } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { bornDead } from "./born-dead.ts";
import { type CompareOptions, compare } from "./compare.ts";
import { contendersOf, memberOf, placesOf } from "./members.ts";
import { trainingFor } from "./setup.ts";
import type { Study } from "./study.ts";
import { target } from "./target.ts";

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
  const training = trainingFor(wide, circles(), {});
  const correlation = (paired: boolean): number => {
    const [a, b] = placesOf(grid).map(
      (place) =>
        memberOf({ model: wide, training, generator: "stepzero", dtype: null, paired }, grid, place)
          .parameters["dense1/kernel"]!.data,
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

/** 3 of 100 samples are of class 1, and no better told apart than by chance. */
const uneven = (): Dataset => {
  const { train } = circles({ samples: 200, testSamples: 0, factor: 0.99 });
  const y = Float64Array.from(train.y, (_, s) => (s % 33 === 5 ? 1 : 0));
  return { ...circles({ samples: 200, testSamples: 0 }), train: { ...train, y } };
};

test("the largest class alone never reaches the default target", async () => {
  const rare = uneven();
  const study = await compare(model, rare, { ...options, steps: 20 });
  expect(study.baseline.share).toBeGreaterThan(0.95);
  expect(study.target).toEqual({
    metric: "accuracy",
    split: "train",
    value: (1 + study.baseline.share!) / 2,
  });
  for (const { cells } of study.initializations) {
    for (const { reached } of cells) expect(reached.count).toBe(0);
  }
  expect(study.warnings.map(({ rule }) => rule)).not.toContain("target/reached-by-constant");
  expect((await compare(model, data, { ...options, steps: 1 })).target.value).toBe(0.95);
});

test("a target that the largest class alone reaches is warned of; balanced accuracy is not reached by it", async () => {
  const rare = uneven();
  const at = (text: string) => compare(model, rare, { ...options, steps: 3, target: target(text) });
  const warned = (study: Study) => study.warnings.filter(({ rule }) => rule === "target/reached-by-constant");
  const easy = await at("accuracy=0.95");
  expect(warned(easy)).toHaveLength(1);
  expect(warned(easy)[0]!.message).toContain("which has 0.97");
  const balanced = await at("balanced-accuracy=0.9");
  expect([warned(balanced), balanced.initializations[0]!.best!.reached.count]).toEqual([[], 0]);
  expect(warned(await at("balanced-accuracy=0.5"))).toHaveLength(1);
  expect(warned(await at("loss=0.2"))).toHaveLength(1);
  expect(warned(await at("loss=0.05"))).toHaveLength(0);
});

test("the constant that a regression starts from is no target either", async () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i / 40);
  const flat: Dataset = {
    ...circles({ samples: 40, testSamples: 0 }),
    ...{ task: "regression", features: 1, classes: 0, outputs: 1, test: null },
    train: { count: 40, x, y: x.map((value) => value / 10) },
  };
  const study = await compare(mlp([1, 4, 1]), flat, { ...options, steps: 2 });
  // The variance of 0, 1/400, …: (40² − 1) / 12 / 400².
  expect(study.baseline.loss).toBeCloseTo((1600 - 1) / 12 / 160_000, 12);
  expect(study.target.value).toBeCloseTo(study.baseline.loss / 2, 15);
  expect(study.initializations[0]!.cells[0]!.reached.count).toBe(0);
});

test("the first loss stands beside the entropy of the classes, and far above it there is a warning", async () => {
  const digits = blobs({ classes: 10, samples: 100, testSamples: 0 });
  const study = await compare(mlp([2, 200, 10]), digits, {
    ...{
      initializations: ["random:1", "he", "zeros"],
      learningRates: [0.01, 0.1],
      seeds: 3,
      steps: 0,
      workers: 0,
    },
  });
  const [loud, he, zeros] = study.initializations.map(({ cells }) => cells[0]!.firstLoss);
  expect(loud!.constant).toBeCloseTo(Math.log(10), 12);
  expect(zeros!.median).toBeCloseTo(Math.log(10), 6);
  expect(loud!.median).toBeGreaterThan(3 * Math.log(10));
  expect(he!.median).toBeLessThan(3 * Math.log(10));
  const warned = study.warnings.filter(({ rule }) => rule === "loss/initial-too-high");
  expect(warned.map(({ message }) => message.split(":")[0])).toEqual(["random"]);
  expect(warned[0]).toMatchObject({ path: "dense2" });
});

test("dead units and networks are shares at step 0 and at the end, beside the law at one input", async () => {
  const deep = mlp([2, ...Array<number>(12).fill(3), 1]);
  const study = await compare(deep, circles({ samples: 300, testSamples: 0 }), {
    ...{ initializations: ["he", "zeros", "glorot"], learningRates: [0.1], seeds: 40, steps: 0, workers: 0 },
  });
  const [he, zeros] = study.initializations.map(({ cells }) => cells[0]!.dead);
  expect(he!.start!.networks).toBe(22 / 40);
  expect(he!.start!.units).toBeGreaterThan(0.4);
  expect(he!.end).toEqual(he!.start);
  expect(he!.expected).toBeCloseTo(1 - (7 / 8) ** 12, 15);
  expect(zeros).toEqual({ start: { units: 1, networks: 1 }, end: { units: 1, networks: 1 }, expected: null });
  const warned = study.warnings.filter(({ rule }) => rule === "activation/dead-networks");
  expect(warned[0]!.message).toContain("22 of 40 networks");
});

test("the chance of a dead start holds at one input, and is claimed only where it does", () => {
  const network = mlp([3, 4, 2, 5, 1]);
  for (const spec of ["he", "glorotUniform", "orthogonal", "pytorch"]) {
    let dead = 0;
    const seeds = 2000;
    for (let seed = 0; seed < seeds; seed++) {
      const parameters = initialize(network, { initialization: spec, seed });
      let alive = true;
      let x = [0.3, -1.2, 0.7];
      for (const layer of ["dense1", "dense2", "dense3"]) {
        const w = parameters[`${layer}/kernel`]!;
        const b = parameters[`${layer}/bias`]!.data;
        const next = Array.from(b, (bias, o) =>
          Math.max(
            0,
            x.reduce((sum, value, i) => sum + value * w.data[o * x.length + i]!, bias),
          ),
        );
        if (next.every((value) => value === 0)) alive = false;
        x = next;
      }
      if (!alive) dead++;
    }
    const expected = bornDead(network, spec)!;
    expect(expected).toBe(1 - (15 / 16) * (3 / 4) * (31 / 32));
    expect(Math.abs(dead / seeds - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / seeds),
    );
  }
  for (const spec of ["zeros", "constant:1", "looksLinear", "sparse", '{"name":"random","mean":1}']) {
    const one = spec.startsWith("{") ? JSON.parse(spec) : spec;
    expect(bornDead(mlp([2, 4, 4, 1]), one)).toBeNull();
  }
  expect(bornDead(mlp([2, 4, 1], { activation: "tanh" }), "he")).toBeNull();
});

test("what each is one run for every seed is one observation: nothing is decided between two of them", async () => {
  const { pairs } = await compare(model, data, {
    ...options,
    ...{ initializations: ["zeros", "constant:0.5", "he"], target: target("loss=0.7"), seeds: 10, steps: 60 },
  });
  const fixed = pairs.find(({ b }) => b === "constant:0.5")!;
  expect([fixed.seeds, fixed.fewerP, fixed.seedsToDecide]).toEqual([1, 1, null]);
  expect(pairs.at(-1)!.seeds).toBe(10);
});

test("four that are seen at one log point are not tied where not every step was tested", async () => {
  const study = await compare(model, circles({ samples: 64, testSamples: 0, factor: 0.3 }), {
    ...{ initializations: ["he", "glorot", "orthogonal"], learningRates: [0.5], seeds: 6, steps: 600 },
    ...{ batch: 16, logEvery: 200, workers: 0, target: target("accuracy=0.9") },
  });
  for (const { cells } of study.initializations) expect(cells[0]!.resolution).toBe(200);
  const [pair] = study.pairs;
  expect(pair!.unresolved).toBeGreaterThan(0);
  expect(pair!.fewerA + pair!.fewerB + pair!.unresolved).toBeLessThanOrEqual(6);
  expect(pair!.stepsRatio.interval![0]).toBeLessThan(0.1);
});
