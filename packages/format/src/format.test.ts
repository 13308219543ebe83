import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { circles, compare, evaluate, InputError, mlp, parametersFrom } from "@stepzero/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkResumable,
  configurationJsonSchema,
  decodeColumn,
  encodeColumn,
  readConfiguration,
  readStudy,
  summaryOf,
  writeReportStudy,
  writeStudy,
} from "./index.ts";

const data = circles({ samples: 20, testSamples: 10 });
const options = { initializations: ["zeros", "he"], learningRates: [0.1], seeds: 3, steps: 10, workers: 0 };
const comparison = compare(mlp([2, 3, 1]), data, options);
const study = await comparison;
const content = { ...study, plan: study, asked: { init: ["zeros", "he"] }, version: "1.0.0" };
const text = writeStudy(content);

test("a study comes back as it was written", () => {
  const back = readStudy("a.json", text);
  expect(back.runs).toHaveLength(4);
  const { layers: _, ...run } = study.runs.find(({ initialization }) => initialization === "he")!;
  expect(back.runs[1]).toEqual(run);
  expect(back.layers).toEqual(study.layers);
  expect([back.complete, back.thinned, back.command]).toEqual([true, undefined, undefined]);
  checkResumable("a.json", back, comparison.plan);
});

test("going on with all runs of a file trains nothing and writes the same file", async () => {
  const again = await compare(mlp([2, 3, 1]), data, { ...options, previous: readStudy("a.json", text).runs });
  const rewritten = writeStudy({
    ...again,
    plan: again,
    elapsedMs: study.elapsedMs,
    // Quartiles need every run; the complete file has them.
    layers: readStudy("a.json", text).layers!,
    asked: { init: ["zeros", "he"] },
    version: "1.0.0",
  });
  expect(rewritten).toBe(text);
});

test("an incomplete study keeps the layers of every run, so that going on gives the quartiles of all", async () => {
  const trained = study.runs.filter((run) => run.initialization === "he" || run.seed === 0);
  const half = writeStudy({ ...content, runs: trained.slice(0, 2), complete: false });
  const previous = readStudy("a.json", half).runs;
  expect(previous).toEqual(trained.slice(0, 2));
  const resumed = await compare(mlp([2, 3, 1]), data, { ...options, previous });
  expect(writeStudy({ ...content, ...resumed, elapsedMs: study.elapsedMs })).toBe(text);
});

test("the summary of a file is the summary of the comparison", () => {
  const { initializations, pairs, runs, target } = summaryOf("a.json", readStudy("a.json", text));
  expect(initializations).toEqual(study.initializations);
  expect(pairs).toEqual(study.pairs);
  expect(runs.map(({ outcome }) => outcome)).toEqual(study.runs.map(({ outcome }) => outcome));
  expect(target).toEqual(study.target);
});

/** A file of another content, with the hash that fits it. */
const hashed = ({ hash: _, schema, elapsedMs, ...body }: Record<string, unknown>): string => {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return JSON.stringify({ schema, hash, elapsedMs, ...body });
};

test("a file without the later additions is read as before", () => {
  const { layerSteps: _s, layers: _l, ...body } = JSON.parse(text);
  const { points: _p, task: _t, ...named } = body.data;
  const runs = body.runs.map(({ parameters: _own, ...run }: { parameters: string }) => run);
  const old = readStudy("old.json", hashed({ ...body, data: named, runs }));
  expect(summaryOf("old.json", old).initializations).toEqual(study.initializations);
  checkResumable("old.json", old, comparison.plan);
});

test("a search for rates goes on from a file that had not come to its last rates, and ends in the same bytes", async () => {
  const search = {
    ...options,
    initializations: ["zeros", "random:0.1", "he"],
    learningRates: "auto",
    steps: 60,
  } as const;
  const plan = mlp([2, 3, 1]);
  const whole = await compare(plan, data, search);
  expect(whole.learningRates.length).toBeGreaterThan(4);
  const write = (runs: typeof whole.runs, learningRates: readonly number[], complete: boolean) =>
    writeStudy({
      ...{ ...whole, runs, complete, elapsedMs: 1, plan: { ...whole, learningRates } },
      ...{ asked: { lr: "auto" }, version: "1.0.0" },
    });
  const half = whole.runs.filter(({ learningRate, seed }) => learningRate <= 0.3 && seed < 2);
  const file = readStudy("a.json", write(half, [0.01, 0.03, 0.1, 0.3], false));
  expect([file.asked.lr, file.configuration.rateSearch]).toEqual([
    "auto",
    { from: [0.01, 0.03, 0.1, 0.3], most: 4 },
  ]);
  const resumed = compare(plan, data, { ...search, previous: file.runs });
  checkResumable("a.json", file, resumed.plan);
  const { runs, learningRates } = await resumed;
  expect(write(runs, learningRates, true)).toBe(write(whole.runs, whole.learningRates, true));
  // Given rates are no search, though they are the same.
  const given = compare(plan, data, { ...search, learningRates: [0.01, 0.03, 0.1, 0.3] });
  expect(() => checkResumable("a.json", file, given.plan)).toThrow("rateSearch");
});

/** By stepzero 0.1.0: compare --layers 2,3,1 --samples 20 --test-samples 10 --init zeros,he,auto --lr 0.1,0.5 --seeds 2 --steps 40 --log-every 4 */
const first = readFileSync(new URL("./upgrade/study-1.golden.json", import.meta.url), "utf8");

test("a study of the first version is read, with what it did not know left open, and can be gone on with", async () => {
  expect(JSON.parse(first).schema).toBe("stepzero/study@1");
  const old = readStudy("first.json", first);
  const { initializations } = summaryOf("first.json", old);
  expect(initializations[1]!.cells[1]).toMatchObject({
    resolution: 4,
    dead: { start: null, end: null, expected: 0.125 },
    firstLoss: { constant: null },
  });
  const asked = { initializations: ["zeros", "he", "auto"], learningRates: [0.1, 0.5], seeds: 2, steps: 40 };
  const comparison = compare(mlp([2, 3, 1]), data, { ...asked, logEvery: 4, workers: 0 });
  checkResumable("first.json", old, comparison.plan);
  const now = await comparison;
  old.runs.forEach((run) => {
    const same = now.runs.find(
      (one) =>
        one.initialization === run.initialization &&
        one.learningRate === run.learningRate &&
        one.seed === run.seed,
    )!;
    expect(run.columns).toEqual(same.columns);
    expect(run.outcome.firstLoss).toBe(Math.fround(same.outcome.firstLoss));
    // Tested at every step now, and every four steps then.
    const { stepsToTarget } = same.outcome;
    if (stepsToTarget < Infinity) expect(run.outcome.stepsToTarget).toBeGreaterThanOrEqual(stepsToTarget);
  });
});

/** By stepzero 0.1.0 of November 2026: compare --layers 2,3,1 --steps 6 --log-every 3 --seeds 2 --lr .1 --init he,zeros --samples 12 --test-samples 6 */
const second = readFileSync(new URL("./upgrade/study-2.golden.json", import.meta.url), "utf8");

test("a study of the second version is read, and can be gone on with", async () => {
  expect(JSON.parse(second).schema).toBe("stepzero/study@2");
  const old = readStudy("second.json", second);
  expect(old.configuration.model).toEqual(mlp([2, 3, 1]));
  const small = circles({ samples: 12, testSamples: 6, seed: 1 });
  const asked = { initializations: ["he", "zeros"], learningRates: [0.1], seeds: 2, steps: 6, logEvery: 3 };
  const comparison = compare(mlp([2, 3, 1]), small, { ...asked, workers: 0 });
  checkResumable("second.json", old, comparison.plan);
  const { runs } = await comparison;
  expect(old.runs).toHaveLength(3);
  for (const { initialization, seed, columns } of old.runs) {
    expect(runs.find((run) => run.initialization === initialization && run.seed === seed)!.columns).toEqual(
      columns,
    );
  }
});

test("a study of a version that is not known, or of the first one and edited, is refused", () => {
  expect(() => readStudy("a.json", hashed({ ...JSON.parse(text), schema: "stepzero/study@9" }))).toThrow(
    'expected a study of schema "stepzero/study@3", or an older one, got "stepzero/study@9"',
  );
  expect(() => readStudy("a.json", first.replace('"seed":1', '"seed":3'))).toThrow(
    "was changed after it was written",
  );
});

test("what a name meant is in the file, and another meaning is not gone on with, by its name", () => {
  const body = JSON.parse(text);
  expect(body.versions.meaning).toEqual({ auto: 1, orthogonal: 1, stepzero: 1 });
  for (const name of ["auto", "orthogonal", "stepzero"]) {
    const meaning = { ...body.versions.meaning, [name]: 99 };
    const other = readStudy("a.json", hashed({ ...body, versions: { ...body.versions, meaning } }));
    expect(() => checkResumable("a.json", other, comparison.plan)).toThrow(
      `the meaning of ${name} changed: 99 in the file, 1 in this version`,
    );
  }
});

test("auto has another meaning in a deep network of silu than it had, and the same elsewhere", async () => {
  const deep = compare(mlp([2, ...Array(10).fill(3), 1], { activation: "silu" }), data, {
    ...options,
    seeds: 1,
  });
  const body = JSON.parse(writeStudy({ ...content, ...(await deep), plan: deep.plan }));
  expect(body.versions.meaning.auto).toBe(2);
  const meaning = { ...body.versions.meaning, auto: 1 };
  const older = readStudy("a.json", hashed({ ...body, versions: { ...body.versions, meaning } }));
  expect(() => checkResumable("a.json", older, deep.plan)).toThrow(
    "the meaning of auto changed: 1 in the file, 2 in this version",
  );
});

test("an older study of NumPy's numbers is not gone on with since those have changed, one of the own stream is", () => {
  const body = JSON.parse(first);
  const numpy = hashed({ ...body, configuration: { ...body.configuration, generator: "numpy" } });
  expect(() => checkResumable("a.json", readStudy("a.json", numpy), comparison.plan)).toThrow(
    "the meaning of numpy changed: 1 in the file, 2 in this version",
  );
  expect(readStudy("a.json", first).versions.meaning).toEqual({ auto: 1, orthogonal: 1, stepzero: 1 });
});

test("an optimizer may have options and the rate a schedule, and both are part of what must not change", () => {
  const body = JSON.parse(text);
  const training = {
    ...body.configuration.training,
    optimizer: { name: "sgd", momentum: 0.9, nesterov: true },
    schedule: { name: "step", at: [10, 20], factor: 0.1 },
  };
  const other = readStudy("a.json", hashed({ ...body, configuration: { ...body.configuration, training } }));
  expect(other.configuration.training.optimizer).toEqual(training.optimizer);
  expect(() => checkResumable("a.json", other, comparison.plan)).toThrow(
    "training.optimizer.momentum: 0.9 in the file",
  );
});

test("parameters come back as the network that was trained, and points as the data", async () => {
  const { runs, data: kept } = readStudy("a.json", text);
  const { outcome, parameters } = runs.find(({ initialization }) => initialization === "he")!;
  const network = parametersFrom(study.model, parameters!);
  expect(evaluate(study.model, network, data, "train").accuracy).toBe(outcome.train.accuracy);
  expect(kept.points!.train.x).toEqual(Float32Array.from(data.train.x));
  expect(kept.points!.test!.y).toEqual(Float32Array.from(data.test!.y));
});

test("a report of many runs keeps fewer log points and cannot be resumed", () => {
  const many = Array.from({ length: 1500 }, (_, seed) => ({
    ...study.runs[0]!,
    seed,
    outcome: { ...study.runs[0]!.outcome },
  }));
  const report = readStudy(
    "report",
    writeReportStudy({
      ...content,
      runs: many,
      plan: { ...comparison.plan, seeds: 1500, logSteps: Array.from({ length: 128 }, (_, i) => i) },
    }),
  );
  expect(report.thinned).toBe(true);
  expect(report.steps.length).toBeLessThan(40);
  expect([report.steps[0], report.steps.at(-1)]).toEqual([0, 127]);
  expect(() => checkResumable("report", report, comparison.plan)).toThrow(
    "cannot be resumed: it is of a report",
  );
  const small = readStudy("report", writeReportStudy(content));
  expect([small.thinned, small.steps]).toEqual([undefined, study.logSteps]);
});

test("a study as large as the default comparison is at most 1.5 MB in a report, with the parameters of every run", () => {
  const logSteps = Array.from({ length: 121 }, (_, i) => 125 * i);
  const column = new Float32Array(121).fill(0.123);
  const [first] = study.runs;
  const runs = Array.from({ length: 604 }, (_, i) => ({
    ...first!,
    seed: i % 50,
    outcome: { ...first!.outcome },
    columns: { trainLoss: column, trainAccuracy: column, testLoss: column, testAccuracy: column },
    parameters: new Float32Array(91).fill(0.1),
  }));
  const figures = { low: column.slice(60), median: column.slice(60), high: column.slice(60) };
  const layers = Array.from({ length: 4 * 4 * 3 }, () => ({
    ...{ initialization: "he", learningRate: 0.1, path: "dense1" },
    ...{ activationRms: figures, gradientRms: figures, distinctUnits: figures },
  }));
  const plan = { ...comparison.plan, seeds: 50, logSteps, layerSteps: logSteps.slice(60) };
  const report = writeReportStudy({ ...content, plan, runs, layers });
  expect(report.length).toBeLessThan(1.5e6);
  const back = readStudy("report", report);
  expect(back.steps).toHaveLength(61);
  expect(back.runs.every(({ parameters }) => parameters?.length === 91)).toBe(true);
});

test("columns are little-endian float32, NaN and infinity among them", () => {
  const column = Float32Array.of(1, -0, Infinity, Number.NaN, 1e-45);
  expect(decodeColumn(encodeColumn(column))).toEqual(column);
  expect(encodeColumn(Float32Array.of(1))).toBe("AACAPw==");
  expect(decodeColumn("AAA")).toBeNull();
});

test("the schema for editors names every key", () => {
  const { properties, additionalProperties } = configurationJsonSchema() as Record<string, object>;
  expect(Object.keys(properties!)).toEqual(
    expect.arrayContaining(["layers", "init", "lr", "seeds", "target"]),
  );
  expect(additionalProperties).toBe(false);
});

/** A text with some characters replaced, dropped, doubled, or cut off. */
const mutated = (original: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.nat(original.length - 1),
        fc.constantFrom("drop", "swap", "cut", "double"),
        fc.string({ maxLength: 3 }),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((edits) =>
      edits.reduce((now, [at, kind, piece]) => {
        if (kind === "cut") return now.slice(0, at);
        if (kind === "double") return now.slice(0, at) + now.slice(Math.max(0, at - 5));
        return now.slice(0, at) + (kind === "swap" ? piece : "") + now.slice(at + 1);
      }, original),
    );

/** The same with a hash that fits, where it is JSON: what a hostile author would write. */
const rehashed = (input: string): string => {
  try {
    return hashed(JSON.parse(input));
  } catch {
    return input;
  }
};

/** Accepted, or refused as bad input; anything else is a fault. */
const acceptedOrRefused = (read: (text: string) => unknown) => (input: string) => {
  try {
    read(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
  }
};

test.each([
  ["of now", text, 2000],
  ["of the first version", first, 1500],
])("mutated studies %s are accepted or refused", (_, original, numRuns) => {
  fc.assert(
    fc.property(
      mutated(original),
      acceptedOrRefused((input) => summaryOf("a.json", readStudy("a.json", rehashed(input)))),
    ),
    { numRuns, seed: 1 },
  );
});

test("3,500 mutated configurations are accepted or refused", () => {
  const configuration = JSON.stringify({
    layers: [2, 5, 1],
    init: ["he", { name: "random", std: 2 }],
    lr: [0.1, 1],
    seeds: 5,
    batch: "full",
    target: "accuracy=0.9",
  });
  fc.assert(
    fc.property(
      mutated(configuration),
      acceptedOrRefused((input) => readConfiguration("c.json", input)),
    ),
    { numRuns: 3500, seed: 2 },
  );
});
