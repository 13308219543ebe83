import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Dataset, InputError, type StudyPlan, type StudyRun, type Warning } from "@stepzero/core";
import { z } from "zod";
import { decodeColumn, encodeColumn } from "./columns.ts";
import { type Configuration, configurationSchema } from "./configuration.ts";
import { parseJson, validate } from "./read-json.ts";

export const STUDY_SCHEMA = "stepzero/study@1";

/** A change of any of these changes numbers: a study is not resumed across it. */
export const STREAMS = { stepzero: 1, numpy: 1 } as const;

const real = z.union([
  z.number(),
  z.enum(["Infinity", "-Infinity", "NaN"]).transform((text) => Number(text)),
]);
const column = z.string().transform((text, context) => {
  const values = decodeColumn(text);
  if (values !== null) return values;
  context.addIssue({ code: "custom", message: "expected base64 of float32" });
  return z.NEVER;
});
const score = z.strictObject({ loss: real, accuracy: real });

const runSchema = z.strictObject({
  initialization: z.string(),
  learningRate: z.number(),
  seed: z.int().min(0).max(0xffffffff),
  outcome: z.strictObject({
    stepsToTarget: real,
    heldAtEnd: z.boolean(),
    stuck: z.boolean(),
    diverged: z.strictObject({ step: z.int().min(0), layer: z.string() }).nullable(),
    distinctUnits: z.array(z.int().min(1)),
    train: score,
    test: score.nullable(),
  }),
  columns: z.strictObject({
    trainLoss: column,
    trainAccuracy: column,
    testLoss: column.nullable(),
    testAccuracy: column.nullable(),
  }),
});

const studySchema = z.strictObject({
  schema: z.literal(STUDY_SCHEMA),
  /** SHA-256 of everything else in the file but `elapsedMs`. */
  hash: z.string(),
  elapsedMs: z.number().min(0),
  versions: z.strictObject({ stepzero: z.string(), streams: z.record(z.string(), z.int()) }),
  /** What was asked for, as a configuration file would say it. */
  asked: configurationSchema,
  configuration: z.record(z.string(), z.json()),
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  steps: z.array(z.int().min(0)).max(128),
  complete: z.boolean(),
  warnings: z.array(z.strictObject({ rule: z.string(), path: z.string(), message: z.string() })),
  pairs: z.array(z.json()),
  runs: z.array(runSchema),
});

/** A study as its file holds it. */
export type StudyFile = z.output<typeof studySchema>;

export interface StudyContent {
  readonly plan: StudyPlan;
  readonly asked: Configuration;
  /** Of the package that computed it. */
  readonly version: string;
  readonly runs: readonly StudyRun[];
  readonly complete: boolean;
  readonly elapsedMs: number;
  readonly warnings: readonly Warning[];
  readonly pairs: readonly object[];
}

/** What decides the numbers of a study, in a form that can be compared. */
export const studyConfiguration = (plan: StudyPlan): Record<string, z.core.util.JSONType> =>
  JSON.parse(
    JSON.stringify({
      model: plan.model,
      data: { name: plan.data.name, ...plan.data.options },
      initializations: plan.contenders.map(({ id, initializer }) => ({ id, ...initializer })),
      learningRates: plan.learningRates,
      seed: plan.seed,
      seeds: plan.seeds,
      training: {
        loss: plan.training.loss,
        optimizer: plan.training.optimizer.name,
        steps: plan.training.steps,
        batch: plan.training.batch ?? "full",
        logSteps: plan.logSteps,
      },
      target: plan.target,
      engine: plan.engine,
      generator: plan.generator,
      paired: plan.paired,
      resampled: plan.resampled,
    }),
  );

/** SHA-256 of the points of a data set. */
export const dataHash = ({ train, test }: Dataset): string => {
  const hash = sha256.create();
  for (const values of [train.x, train.y, test?.x, test?.y]) {
    if (values === undefined) continue;
    const view = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, i) => {
      view.setFloat64(8 * i, value, true);
    });
    hash.update(new Uint8Array(view.buffer));
  }
  return bytesToHex(hash.digest());
};

/** The text of a study's file: the same for the same runs, but for `elapsedMs`. */
export const writeStudy = ({
  plan,
  asked,
  version,
  runs,
  complete,
  elapsedMs,
  warnings,
  pairs,
}: StudyContent): string => {
  const seen = new Set<object>();
  const body = {
    versions: { stepzero: version, streams: STREAMS },
    asked,
    configuration: studyConfiguration(plan),
    data: { name: plan.data.name, hash: dataHash(plan.data) },
    steps: plan.logSteps,
    complete,
    warnings,
    pairs,
    runs: runs.flatMap(({ initialization, learningRate, seed, outcome, columns }) => {
      // A run that stands for every seed is written once.
      if (seen.has(outcome)) return [];
      seen.add(outcome);
      const { trainLoss, trainAccuracy, testLoss, testAccuracy } = columns;
      return [
        {
          initialization,
          learningRate,
          seed,
          outcome,
          columns: {
            trainLoss: encodeColumn(trainLoss),
            trainAccuracy: encodeColumn(trainAccuracy),
            testLoss: testLoss && encodeColumn(testLoss),
            testAccuracy: testAccuracy && encodeColumn(testAccuracy),
          },
        },
      ];
    }),
  };
  const text = JSON.stringify(body, plain);
  const head = JSON.stringify({ schema: STUDY_SCHEMA, hash: hashOf(text), elapsedMs });
  return `${head.slice(0, -1)},${text.slice(1)}\n`;
};

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

const plain = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

/** A study from the text of its file. One that was cut off, edited or written by another version is refused. */
export const readStudy = (name: string, text: string): StudyFile => {
  const value = parseJson(name, text);
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== STUDY_SCHEMA) {
    const got = typeof schema === "string" ? `"${schema}"` : "none";
    throw new InputError(name, `expected a study of schema "${STUDY_SCHEMA}", got ${got}`);
  }
  const study = validate(name, studySchema, value);
  const { schema: _schema, hash, elapsedMs: _elapsed, ...body } = value as Record<string, unknown>;
  if (hashOf(JSON.stringify(body)) !== hash) {
    throw new InputError(
      name,
      "was changed after it was written: its hash does not fit its content",
      "Use the file as compare --out wrote it.",
    );
  }
  return study;
};

/** Refuses to go on with a study under another configuration, naming what changed. */
export const checkResumable = (name: string, study: StudyFile, plan: StudyPlan): void => {
  const changes = [
    ...differences("", study.configuration, studyConfiguration(plan)),
    ...differences("streams", study.versions.streams, STREAMS),
    ...(study.data.hash === dataHash(plan.data) ? [] : ["data: the points are not the same"]),
  ];
  if (changes.length > 0) {
    throw new InputError(
      name,
      "cannot be resumed: the configuration changed",
      `${changes.join("\n  ")}\n  Give the flags that the file was made with, or begin a new one with --out.`,
    );
  }
};

const differences = (path: string, before: unknown, now: unknown): string[] => {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  const both = [before, now].every(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
  if (!both) return [`${path}: ${JSON.stringify(before)} in the file, ${JSON.stringify(now)} asked for`];
  const [a, b] = [before as Record<string, unknown>, now as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences(path === "" ? key : `${path}.${key}`, a[key], b[key]),
  );
};
