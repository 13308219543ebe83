import type { Command } from "@commander-js/extra-typings";
import {
  type ClipConfig,
  classFrequencies,
  DATA_GENERATORS,
  type Dataset,
  DEFAULT_STEPS,
  ENGINES,
  InputError,
  type InputSpec,
  LOSSES,
  type Model,
  mlp,
  type OptimizerSpec,
  ORDERS,
  type ScheduleSpec,
  type TrainingOptions,
  type TrainOptions,
  withOutputPrior,
} from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { dataOf } from "./data-options.ts";
import { given } from "./given.ts";
import { INIT_AT_OPTION, MODEL_OPTION, modelFrom, withInitAt } from "./model-options.ts";
import * as parse from "./parse.ts";
import { TABLE_OPTIONS } from "./table-options.ts";

/** What the flags give; everything but these is checked by `askedFor`. */
export type NetworkFlags = Partial<
  Pick<
    Configuration,
    "data" | "dataGenerator" | "dtype" | "engine" | "generator" | "loss" | "optimizer" | "order" | "schedule"
  >
> & {
  readonly config?: string;
};

/** Adds the flags; what they give is typed by hand, since the inferred type is too long to be written down. */
export const addNetworkOptions = (
  command: Command,
  name: keyof typeof DEFAULT_STEPS,
): Command<[], NetworkFlags> =>
  command
    .optionsGroup("Network:")
    .option(
      "--layers <sizes>",
      "sizes, inputs first, as in 64,128x30,10 (default: 2,10,5,1; of digits, mnist1d and mnist one hidden layer of 128; of sequences a transformer)",
      parse.layers,
    )
    .option(...MODEL_OPTION)
    .option(
      "--activation <name>",
      "activation of the hidden layers; see stepzero list activations (default: relu)",
    )
    .option("--loss <name>", "bce, softmax or mse (default: by the task)", parse.choice("--loss", LOSSES))
    .option(...INIT_AT_OPTION)
    .option("--output-prior", "start the output bias at the log frequencies of the classes")
    .optionsGroup("Data:")
    .option(
      "--data <name>",
      "stepzero list data, mnist:FOLDER, text:FILE, or a table in a text file, as CSV (default: circles)",
    )
    .option(
      "--samples <n>",
      "training points or sequences (default: 300; mnist1d 4000, copy and reversed 1000, mnist and text all)",
      parse.integer("--samples", 1),
    )
    .option(
      "--test-samples <n>",
      "test points or sequences, 0 for none (default: 100; mnist1d 1000, copy and reversed 200, mnist and text all)",
      parse.integer("--test-samples"),
    )
    .option(
      "--noise <std>",
      "standard deviation of the noise on every coordinate (default: 0.05; blobs 0.3)",
      parse.number("--noise"),
    )
    .option("--factor <ratio>", "circles: the inner radius (default: 0.8)", parse.number("--factor"))
    .option(
      "--classes <n>",
      "number of classes of spirals and blobs (default: 2)",
      parse.integer("--classes", 2),
    )
    .option(
      "--length <n>",
      "characters of a sequence of text (default: 64); tokens that copy and reversed say again (default: 8)",
      parse.integer("--length", 2),
    )
    .option(
      "--tokens <n>",
      "copy, reversed: how many tokens there are, without the separator (default: 10)",
      parse.integer("--tokens", 2),
    )
    .option("--modulus <p>", "p of modularAddition (default: 31)", parse.integer("--modulus", 2))
    .option(
      "--data-seed <n>",
      "seed of the training points, or of the split (default: 1; mnist1d 42)",
      parse.seed("--data-seed"),
    )
    .option("--test-seed <n>", "seed of the test points (default: 2)", parse.seed("--test-seed"))
    .option(
      "--generator <name>",
      "of the weights: stepzero list generators; numpy draws generated data too (default: stepzero)",
      parse.generator,
    )
    .option(
      "--data-generator <name>",
      "of generated data: stepzero, or numpy as scikit-learn draws (default: stepzero, with --generator numpy numpy)",
      parse.choice("--data-generator", DATA_GENERATORS),
    )
    .option(
      "--dtype <name>",
      "float32 or float64: in what the weights are drawn (default: the generator's own)",
      parse.choice("--dtype", ["float32", "float64"] as const),
    )
    .option(...TABLE_OPTIONS.label)
    .option(...TABLE_OPTIONS.task)
    .option(...TABLE_OPTIONS.missing)
    .option(...TABLE_OPTIONS.encode)
    .option(...TABLE_OPTIONS.drop)
    .option(...TABLE_OPTIONS.testFraction)
    .option(...TABLE_OPTIONS.standardize)
    .option(...TABLE_OPTIONS.noHeader)
    .option(...TABLE_OPTIONS.header)
    .option(...TABLE_OPTIONS.delimiter)
    .option(...TABLE_OPTIONS.decimal)
    .option(...TABLE_OPTIONS.comment)
    .optionsGroup("Training:")
    .option(
      "--steps <n>",
      `updates (default: ${DEFAULT_STEPS[name]}; 10 epochs of digits, mnist1d, mnist and sequences; 100 of modularAddition)`,
      parse.integer("--steps"),
    )
    .option("--epochs <n>", "train for this many epochs instead of --steps", parse.integer("--epochs"))
    .option(
      "--batch <n>",
      'samples per step, or "full" (the default; of digits, mnist1d, mnist and sequences 64)',
      parse.batch,
    )
    .option(
      "--optimizer <name>",
      "stepzero list optimizers; with options as JSON, keras:NAME and optax:NAME are theirs (default: sgd)",
      parse.named("--optimizer", '{"name":"sgd","momentum":0.9}'),
    )
    .option(
      "--schedule <name>",
      "how the learning rate changes: stepzero list schedules; with options as JSON (default: constant)",
      parse.named("--schedule", '{"name":"exponential","gamma":0.99}'),
    )
    .option(
      "--warmup <n>",
      "updates in which the learning rate rises to its full size (default: 0)",
      parse.integer("--warmup"),
    )
    .option(
      "--clip-norm <x>",
      "limit the norm of the gradient over all parameters",
      parse.number("--clip-norm"),
    )
    .option("--clip-value <x>", "limit every value of the gradient", parse.number("--clip-value"))
    .option(
      "--order <name>",
      "of the samples in an epoch: stepzero list orders (default: stepzero)",
      parse.choice("--order", ORDERS),
    )
    .option(
      "--log-every <n>",
      "steps between log points (default: about 120 of them; on digits, mnist1d, mnist and sequences as many as a fifth of the training pays for)",
      parse.integer("--log-every", 1),
    )
    .option(
      "--engine <name>",
      "wasm (float32, the same bits everywhere), fast (relaxed SIMD) or reference (float64); default wasm, with --generator numpy reference",
      parse.choice("--engine", ENGINES),
    )
    .option(
      "--config <file>",
      "JSON with any of these flags, in camelCase; flags on the command line override it",
    );

/** Data and model that were asked for; `say` is told what is read. */
export const networkOf = async (
  asked: Configuration,
  say: (text: string) => void,
): Promise<{ model: Model; data: Dataset }> => {
  checkOneNetwork(asked);
  const data = await dataOf(asked, asked.dataSeed, say);
  const fit = fitOf(data);
  const own = { ...given("activation", asked.activation), ...given("loss", asked.loss) };
  const isRead = typeof fit.input !== "number" && "tokens" in fit.input;
  const said = asked.model ?? (isRead && asked.layers === undefined ? "transformer" : undefined);
  const plain =
    said === undefined
      ? mlp(sizesOf(asked.layers) ?? [data.features, ...(data.defaults?.hidden ?? [10, 5]), fit.outputs], {
          activation: "relu",
          ...own,
        })
      : modelFrom(said, { ...fit, ...own });
  const model = withInitAt(plain, asked.initAt);
  return { model: asked.outputPrior === true ? withOutputPrior(model, classFrequencies(data)) : model, data };
};

/** What a network that takes the data has to fit. */
export const fitOf = (data: Dataset): { readonly input: InputSpec; readonly outputs: number } => ({
  input: data.input ?? data.features,
  outputs: data.task === "binary" ? 1 : data.task === "classes" ? data.classes : data.outputs,
});

export const sizesOf = (layers: Configuration["layers"]): readonly number[] | undefined =>
  typeof layers === "string" ? parse.layers(layers) : layers;

/** Refuses a network that is said twice. */
export const checkOneNetwork = ({ layers, model }: Configuration): void => {
  if (layers === undefined || model === undefined) return;
  throw new InputError("--model", "expected either --layers or --model, got both");
};

/** How to draw and to train. */
export const trainingOf = (
  asked: Configuration,
): TrainingOptions & Pick<TrainOptions, "generator" | "dtype"> => ({
  ...given("steps", asked.steps),
  ...given("epochs", asked.epochs),
  ...given("batch", asked.batch),
  ...given("logEvery", asked.logEvery),
  ...given("engine", asked.engine),
  ...given("optimizer", asked.optimizer as OptimizerSpec | undefined),
  ...given("schedule", asked.schedule as ScheduleSpec | undefined),
  ...given("warmup", asked.warmup),
  ...given("order", asked.order),
  ...given("generator", asked.generator),
  ...given("dtype", asked.dtype),
  ...given("clip", clipOf(asked)),
});

const clipOf = ({ clipNorm, clipValue }: Configuration): ClipConfig | undefined =>
  clipNorm === undefined && clipValue === undefined
    ? undefined
    : { ...given("norm", clipNorm), ...given("value", clipValue) };
