import { ENGINES, GENERATORS, LOSSES, TARGET_METRICS } from "@stepzero/core";
import { z } from "zod";
import { decodeColumn } from "./columns.ts";
import { configurationSchema } from "./configuration.ts";

export const STUDY_SCHEMA = "stepzero/study@3";

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
const seed = z.int().min(0).max(0xffffffff);
const steps = z.array(z.int().min(0));
const score = z.strictObject({
  loss: real,
  accuracy: real,
  /** Of data with positions alone. */
  sequenceAccuracy: real.exactOptional(),
});
/** Something that has a name, with its options. */
const described = z
  .object({ name: z.string().min(1) })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.array(z.number())]));

/** Dead units of each hidden layer, and then of the output. */
const dead = z.array(z.int().min(0)).nullable();

/** What decides the numbers of a study, everything said. Keys stand in the order in which they are written. */
const configuration = z.looseObject({
  model: z.looseObject({
    input: z.union([
      z.int().min(1),
      z.array(z.int().min(1)).min(1).max(3),
      z.strictObject({ tokens: z.int().min(1), length: z.int().min(1) }),
    ]),
    /** What each kind of layer may say is the model's to check. */
    layers: z.array(z.looseObject({ kind: z.string() })).min(1),
    loss: z.enum(LOSSES).optional(),
  }),
  data: z.looseObject({ name: z.string() }),
  initializations: z
    .array(z.object({ id: z.string(), name: z.string().min(1) }).catchall(z.union([z.string(), z.number()])))
    .min(1),
  /** Those that were tried; of an unfinished search, so far. */
  learningRates: z.array(z.number()).min(1),
  /** The rates that a search began with, and how many it may add at either end; `null` where they were given. */
  rateSearch: z.strictObject({ from: z.array(z.number()).min(1), most: z.int().min(0) }).nullable(),
  seed,
  seeds: z.int().min(1),
  training: z.looseObject({
    loss: z.enum(LOSSES),
    /** A name with its options. */
    optimizer: described,
    /** Of the learning rate; none is constant. */
    schedule: described.exactOptional(),
    steps: z.int().min(0),
    batch: z.union([z.literal("full"), z.int().min(1)]),
  }),
  target: z.strictObject({
    metric: z.enum(TARGET_METRICS),
    split: z.literal("train"),
    value: z.number(),
  }),
  engine: z.enum(ENGINES),
  generator: z.enum(GENERATORS),
  paired: z.boolean(),
  resampled: z.boolean(),
});

/** At the study's `layerSteps`, as far as the run came in a finite state. */
const layerFigures = z.strictObject({ activationRms: column, gradientRms: column, distinctUnits: column });

const run = z.strictObject({
  initialization: z.string(),
  learningRate: z.number(),
  seed,
  outcome: z.strictObject({
    stepsToTarget: real,
    /** Steps between two at which the target was tested; 1 by default. */
    resolution: z.int().min(1).default(1),
    heldAtEnd: z.boolean(),
    stuck: z.boolean(),
    diverged: z.strictObject({ step: z.int().min(0), layer: z.string() }).nullable(),
    /** Of each hidden layer whose units have weights of their own. */
    distinctUnits: z.array(z.int().min(1)),
    dead: z.strictObject({ start: dead, end: dead }),
    firstLoss: real,
    train: score,
    test: score.nullable(),
  }),
  columns: z.strictObject({
    trainLoss: column,
    trainAccuracy: column,
    testLoss: column.nullable(),
    testAccuracy: column.nullable(),
    /** Of data with positions alone. */
    trainSequenceAccuracy: column.exactOptional(),
    testSequenceAccuracy: column.nullable().exactOptional(),
  }),
  /** By path. While the study is not complete: it goes on from them to the quartiles of all runs. */
  layers: z.record(z.string(), layerFigures).exactOptional(),
  /** All parameters after the last update, in path order; of networks of at most 2,000. */
  parameters: column.exactOptional(),
});

const quartiles = z.strictObject({ low: column, median: column, high: column });

const split = z.strictObject({ x: column, y: column });

const check = z.strictObject({
  what: z.string(),
  published: z.union([real, z.tuple([z.number(), z.number()])]),
  measured: real,
  tolerance: z.number().nullable(),
  passed: z.boolean(),
});

export const studySchema = z.strictObject({
  schema: z.literal(STUDY_SCHEMA),
  /** SHA-256 of everything else in the file but `elapsedMs`. */
  hash: z.string(),
  elapsedMs: z.number().min(0),
  /** What made it; `compare` by default. */
  command: z.enum(["compare", "train", "reproduce"]).exactOptional(),
  versions: z.strictObject({
    stepzero: z.string(),
    /** Which meaning of names and streams the numbers have, see meaning.ts. */
    meaning: z.record(z.string(), z.int()),
  }),
  /** What was asked for, as a configuration file would say it. */
  asked: configurationSchema,
  configuration,
  data: z.strictObject({
    name: z.string(),
    hash: z.string(),
    task: z.enum(["binary", "classes", "regression"]).exactOptional(),
    /** What the best constant prediction comes to on the training data; `null` where it is not known. */
    baseline: z
      .strictObject({
        share: z.number().min(0).max(1).nullable(),
        classes: z.int().min(0),
        loss: z.number().min(0),
      })
      .nullable(),
    /** Where they can be drawn: at most 2 features and 2,000 points, which every seed shares. */
    points: z.strictObject({ train: split, test: split.nullable() }).exactOptional(),
  }),
  /** Log points of the runs' columns. */
  steps: steps.max(128),
  /** Log points of the layers' columns: some of `steps`. */
  layerSteps: steps.max(128).exactOptional(),
  complete: z.boolean(),
  /** True in a report, which has fewer log points: its study cannot be resumed. */
  thinned: z.literal(true).exactOptional(),
  warnings: z.array(z.strictObject({ rule: z.string(), path: z.string(), message: z.string() })),
  pairs: z.array(z.json()),
  /** A published experiment's figures beside ours. */
  reproduction: z
    .strictObject({
      name: z.string(),
      source: z.string(),
      passed: z.boolean(),
      checks: z.array(check),
      notes: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  /** Quartiles over the runs that were finite at the log point; a column ends where all have diverged. */
  layers: z
    .array(
      z.strictObject({
        initialization: z.string(),
        learningRate: z.number(),
        path: z.string(),
        activationRms: quartiles,
        gradientRms: quartiles,
        distinctUnits: quartiles,
      }),
    )
    .exactOptional(),
  runs: z.array(run),
});

/** A study as its file holds it. */
export type StudyFile = z.output<typeof studySchema>;
