import {
  DATA_GENERATORS,
  ENGINES,
  GENERATORS,
  LIMITS,
  LOSSES,
  MISSING_RULES,
  ORDERS,
  TASKS,
} from "@stepzero/core";
import { z } from "zod";
import { parseJson, validate } from "./read-json.ts";

const integer = (least: number, most: number) => {
  const words = `expected an integer from ${least} to ${most.toLocaleString("en-US")}`;
  return z.int(words).min(least, words).max(most, words);
};
const count = (least: number) => integer(least, 1e12);
const seed = integer(0, 0xffffffff);
const SHARE = "expected a number ≥ 0 and < 1";
const share = z.number(SHARE).min(0, SHARE).lt(1, SHARE);
const RATE = "expected a finite number ≥ 0";
const rate = z.number(RATE).min(0, RATE);
const NAMED = "expected a name, or an object with a name and options";
const RATES = 'expected a number ≥ 0, a list of them, a range as in "0.001..1:7", or "auto"';
const spec = z.union(
  [z.string().min(1), z.object({ name: z.string().min(1) }).catchall(z.union([z.string(), z.number()]))],
  NAMED,
);

/** A name, or a name with options. */
const options = z.union(
  [
    z.string().min(1),
    z.object({ name: z.string().min(1) }).catchall(z.union([z.string(), z.number(), z.boolean()])),
  ],
  NAMED,
);

/** Every flag of `train` and `compare`, by its name in camelCase. */
export const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  layers: z
    .union([z.string(), z.array(count(1)).min(2)], "expected at least two sizes, as in [2, 10, 5, 1]")
    .optional(),
  /** In place of layers: the name of an architecture, that with options, or a whole model. */
  model: z.union([z.string().min(1), z.looseObject({})], "expected an architecture or a model").optional(),
  activation: z.string().optional(),
  loss: z.enum(LOSSES).optional(),
  data: z.string().optional(),
  samples: count(1).optional(),
  testSamples: count(0).optional(),
  noise: z.number().min(0).optional(),
  factor: share.optional(),
  classes: integer(2, 1000).optional(),
  /** Of sequences: characters of a text, tokens to say again. */
  length: z.int().min(2).max(LIMITS.sequenceTokens).optional(),
  tokens: z.int().min(2).max(1000).optional(),
  modulus: z.int().min(2).max(1000).optional(),
  dataSeed: seed.optional(),
  testSeed: seed.optional(),
  generator: z.enum(GENERATORS).optional(),
  dataGenerator: z.enum(DATA_GENERATORS).optional(),
  dtype: z.enum(["float32", "float64"]).optional(),
  label: z.string().optional(),
  testFraction: share.optional(),
  standardize: z.boolean().optional(),
  delimiter: z
    .string()
    .regex(/^[\t !#$%&'*,/:;<=>?@^`|~]$/, "expected one character that separates fields")
    .optional(),
  header: z.boolean().optional(),
  task: z.enum(TASKS).optional(),
  missing: z.enum(MISSING_RULES).optional(),
  encode: z.boolean().optional(),
  drop: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)], "expected names of columns")
    .optional(),
  decimal: z.enum([".", ","]).optional(),
  comment: z.string().min(1).max(100).regex(/^\S/, "expected no blank at its start").optional(),
  resampleData: z.boolean().optional(),
  init: z.union([spec, z.array(spec).min(1)], `${NAMED}, or a list of them`).optional(),
  /** "PATTERN=INITIALIZER", or several. */
  initAt: z.union([z.string(), z.array(z.string()).min(1)], "expected PATTERN=INITIALIZER").optional(),
  outputPrior: z.boolean().optional(),
  /** A string is "auto", or a range as in "0.001..1:7". */
  lr: z
    .union(
      [rate, z.array(rate).min(1), z.literal("auto"), z.string().regex(/^[^.].*\.\..+:\d+$/, RATES)],
      RATES,
    )
    .optional(),
  seed: seed.optional(),
  seeds: count(1).optional(),
  steps: count(0).optional(),
  epochs: count(0).optional(),
  batch: z.union([z.literal("full"), count(1)], 'expected an integer ≥ 1, or "full"').optional(),
  optimizer: options.optional(),
  schedule: options.optional(),
  warmup: count(0).optional(),
  clipNorm: z.number().positive().optional(),
  clipValue: z.number().positive().optional(),
  order: z.enum(ORDERS).optional(),
  target: z.string().optional(),
  logEvery: count(1).optional(),
  engine: z.enum(ENGINES).optional(),
  workers: integer(0, LIMITS.workers).optional(),
  unpaired: z.boolean().optional(),
});

export type Configuration = z.output<typeof configurationSchema>;

/** The schema for editors: what a configuration's `$schema` may point at. */
export const configurationJsonSchema = (): object => ({
  title: "stepzero configuration",
  ...z.toJSONSchema(configurationSchema, { io: "input" }),
});

/** A configuration from the text of a file; every problem at once, unknown keys with the nearest known. */
export const readConfiguration = (name: string, text: string): Configuration =>
  validate(name, configurationSchema, parseJson(name, text), Object.keys(configurationSchema.shape));
