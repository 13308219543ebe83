import type { Command } from "@commander-js/extra-typings";
import {
  DATA_GENERATORS,
  type DataGenerator,
  type Dataset,
  ENGINES,
  type EngineName,
  InputError,
  LOSSES,
  type LossName,
  type Model,
  mlp,
  namedData,
  type TrainingOptions,
} from "@stepzero/core";
import * as parse from "./parse.ts";

/** What train and compare share: network, data, training. */
export type NetworkFlags = {
  readonly layers?: number[] | undefined;
  readonly activation?: string | undefined;
  readonly loss?: LossName | undefined;
  readonly data?: string | undefined;
  readonly samples?: number | undefined;
  readonly testSamples?: number | undefined;
  readonly noise?: number | undefined;
  readonly factor?: number | undefined;
  readonly classes?: number | undefined;
  readonly dataSeed?: number | undefined;
  readonly testSeed?: number | undefined;
  readonly generator?: DataGenerator | undefined;
  readonly steps?: number | undefined;
  readonly epochs?: number | undefined;
  readonly batch?: number | "full" | undefined;
  readonly optimizer?: "gradientDescent" | undefined;
  readonly logEvery?: number | undefined;
  readonly engine?: EngineName | undefined;
};

/** Adds the flags; what they give is typed by hand, since the inferred type is too long to be written down. */
export const addNetworkOptions = (command: Command): Command<[], NetworkFlags> =>
  command
    .optionsGroup("Network:")
    .option(
      "--layers <sizes>",
      "sizes, inputs first, as in 2,10,5,1 (the default) or 64,128x30,10",
      parse.layers,
    )
    .option("--activation <name>", "of the hidden layers; stepzero list activations (default: relu)")
    .option("--loss <name>", "bce, softmax or mse (default: by the task)", parse.choice("--loss", LOSSES))
    .optionsGroup("Data:")
    .option("--data <name>", "stepzero list data (default: circles)")
    .option("--samples <n>", "training points (default: 300)", parse.integer("--samples", 1))
    .option("--test-samples <n>", "test points, 0 for none (default: 100)", parse.integer("--test-samples"))
    .option("--noise <std>", "of every coordinate (default: 0.05; blobs 0.3)", parse.number("--noise"))
    .option("--factor <ratio>", "of circles: the inner radius (default: 0.8)", parse.number("--factor"))
    .option("--classes <n>", "of spirals and blobs (default: 2)", parse.integer("--classes", 2))
    .option("--data-seed <n>", "of the training points (default: 1)", parse.seed("--data-seed"))
    .option("--test-seed <n>", "of the test points (default: 2)", parse.seed("--test-seed"))
    .option(
      "--generator <name>",
      "stepzero, or numpy: data and weights as scikit-learn and NumPy draw them (default: stepzero)",
      parse.choice("--generator", DATA_GENERATORS),
    )
    .optionsGroup("Training:")
    .option("--steps <n>", "updates", parse.integer("--steps"))
    .option("--epochs <n>", "instead of steps", parse.integer("--epochs"))
    .option("--batch <n>", 'samples a step, or "full" (the default)', parse.batch)
    .option(
      "--optimizer <name>",
      "gradientDescent",
      parse.choice("--optimizer", ["gradientDescent"] as const),
    )
    .option(
      "--log-every <n>",
      "steps between log points (default: about 120 of them)",
      parse.integer("--log-every", 1),
    )
    .option(
      "--engine <name>",
      "wasm (float32, the same bits everywhere), fast (relaxed SIMD) or reference (float64); default wasm, with --generator numpy reference",
      parse.choice("--engine", ENGINES),
    );

/** Data and model that the flags describe. */
export const networkOf = (flags: NetworkFlags): { model: Model; data: Dataset } => {
  if (flags.steps !== undefined && flags.epochs !== undefined) {
    throw new InputError("--epochs", "expected either --steps or --epochs, got both");
  }
  const data = namedData(flags.data ?? "circles", {
    ...given("samples", flags.samples),
    ...given("testSamples", flags.testSamples),
    ...given("noise", flags.noise),
    ...given("factor", flags.factor),
    ...given("classes", flags.classes),
    ...given("seed", flags.dataSeed),
    ...given("testSeed", flags.testSeed),
    ...given("generator", flags.generator),
  });
  const outputs = data.task === "binary" ? 1 : data.task === "classes" ? data.classes : data.outputs;
  const model = mlp(flags.layers ?? [data.features, 10, 5, outputs], {
    activation: flags.activation ?? "relu",
    ...given("loss", flags.loss),
  });
  return { model, data };
};

export const trainingOf = (flags: NetworkFlags): TrainingOptions => ({
  ...given("steps", flags.steps),
  ...given("epochs", flags.epochs),
  ...given("batch", flags.batch),
  ...given("logEvery", flags.logEvery),
  ...given("engine", flags.engine),
});

/** `{ name: value }`, or nothing where there is no value. */
export const given = <K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
