import {
  compare,
  conv,
  copy,
  type Dataset,
  dense,
  flatten,
  pool,
  resNet,
  sequential,
  transformer,
} from "@stepzero/core";
import { expect, test } from "vitest";
import { readStudy, summaryOf, writeReportStudy, writeStudy } from "./index.ts";

const sequences = copy({ samples: 8, testSamples: 4, length: 2, tokens: 3 });
const images: Dataset = {
  name: "images",
  task: "classes",
  features: 16,
  input: [1, 4, 4],
  classes: 2,
  outputs: 1,
  train: {
    count: 6,
    x: Float64Array.from({ length: 96 }, (_, i) => ((i * 37) % 23) / 11 - 1),
    y: Float64Array.of(0, 1, 0, 1, 0, 1),
  },
  test: null,
  options: {},
};
const options = {
  initializations: ["zeros", "he"],
  learningRates: [0.1],
  seeds: 2,
  steps: 2,
  batch: 4,
  engine: "reference",
  workers: 0,
} as const;

test.each([
  [
    "transformer",
    transformer({ blocks: 1, width: 4, heads: 1, input: { tokens: 4, length: 4 }, tied: true }),
    sequences,
  ],
  ["residual network", resNet({ depth: 8, width: 2, input: [1, 4, 4], outputs: 2 }), images],
  [
    "network that ends with a pooling",
    sequential([conv(3, { padding: 1 }), conv(2), pool("global")], { input: [1, 4, 4] }),
    images,
  ],
  ["network without hidden layers", sequential([flatten(), dense(2)], { input: [1, 4, 4] }), images],
] as const)("the study of a %s is written, read, summed up and gone on with", async (_, model, data) => {
  const study = await compare(model, data, options);
  const content = { ...study, plan: study, asked: {}, version: "1.0.0" };
  const text = writeStudy(content);
  const back = readStudy("a.json", text);
  const summary = summaryOf("a.json", back);
  expect(summary.initializations).toEqual(study.initializations);
  expect(summary.runs.map(({ outcome }) => outcome)).toEqual(study.runs.map(({ outcome }) => outcome));
  expect(back.layers).toEqual(study.layers);
  expect(back.runs.map(({ columns }) => columns)).toEqual(study.runs.map(({ columns }) => columns));

  const half = readStudy(
    "half.json",
    writeStudy({ ...content, runs: study.runs.slice(0, 3), complete: false }),
  );
  const resumed = await compare(model, data, { ...options, previous: half.runs });
  expect(writeStudy({ ...content, ...resumed, elapsedMs: study.elapsedMs })).toBe(text);

  const report = readStudy("report.json", writeReportStudy(content));
  expect(summaryOf("report.json", report).initializations).toEqual(study.initializations);
});

test("the file of sequences has their accuracies, and no points to draw", async () => {
  const model = transformer({ blocks: 1, width: 4, heads: 1, input: { tokens: 4, length: 4 } });
  const study = await compare(model, sequences, options);
  const file = readStudy("a.json", writeStudy({ ...study, plan: study, asked: {}, version: "1.0.0" }));
  expect(file.data.points).toBeUndefined();
  for (const { outcome, columns } of file.runs) {
    expect(outcome.train.sequenceAccuracy).toBeGreaterThanOrEqual(0);
    expect(outcome.test!.sequenceAccuracy).toBeGreaterThanOrEqual(0);
    expect(columns.trainSequenceAccuracy).toHaveLength(columns.trainLoss.length);
    expect(columns.testSequenceAccuracy).toHaveLength(columns.trainLoss.length);
  }
});
