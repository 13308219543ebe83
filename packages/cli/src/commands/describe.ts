import { Command } from "@commander-js/extra-typings";
import { describeNetwork, type InitializerSpec, mlp } from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { askedFor, oneOf } from "../configuration.ts";
import { dataOf } from "../data-options.ts";
import { given } from "../given.ts";
import {
  INIT_AT_OPTION,
  MODEL_OPTION,
  type ModelFit,
  modelFrom,
  parseInput,
  withInitAt,
} from "../model-options.ts";
import { checkOneNetwork, fitOf, sizesOf } from "../network-options.ts";
import { describeModel, idOf } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { networkTables } from "../output/network-table.ts";
import { print } from "../output/print.ts";
import { bold, FORMATS } from "../output/table.ts";
import * as parse from "../parse.ts";

export const describeCommand = () =>
  new Command("describe")
    .description("Show the layers of a network, and what each parameter starts from and why.")
    .option(...MODEL_OPTION)
    .option("--layers <sizes>", "a dense network's sizes, inputs first (default: 2,10,5,1)", parse.layers)
    .option("--activation <name>", "activation of the hidden layers")
    .option("--data <name>", "data that the network is to fit; stepzero list data")
    .option("--input <shape>", "what it takes, without data: 64, 1x28x28, 1x40 or tokens:65x64", parseInput)
    .option("--outputs <n>", "how many outputs it has, without data", parse.integer("--outputs", 1))
    .option(
      "--init <name>",
      "initialization; stepzero list initializations (default: auto)",
      parse.initialization,
    )
    .option(...INIT_AT_OPTION)
    .option("--config <file>", "JSON with any flags of train, in camelCase")
    .option("--json", "print one JSON object, with the whole model")
    .option("--format <name>", "table, markdown or csv (default: table)", parse.choice("--format", FORMATS))
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero describe --model resNet:20 --data digits\n  stepzero describe --model transformer --input tokens:65x64 --init he\n  stepzero describe --layers 784,256,10 --init mup",
    )
    .action(async ({ input, outputs, ...flags }) => {
      const { asked } = await askedFor(flags);
      checkOneNetwork(asked);
      const fit = await wantedFit(asked, { ...given("input", input), ...given("outputs", outputs) });
      const plain =
        asked.model === undefined
          ? mlp(sizesOf(asked.layers) ?? sizesFor(fit), {
              activation: asked.activation ?? "relu",
              ...given("loss", asked.loss),
            })
          : modelFrom(asked.model, fit);
      const model = withInitAt(plain, asked.initAt);
      const init = (oneOf("init", asked.init) ?? "auto") as InitializerSpec;
      const description = describeNetwork(model, init);
      if (flags.json === true) {
        printJson("describe", { model, ...description });
        return;
      }
      print(
        [
          bold(`${describeModel(model)}, ${idOf(init)}`),
          ...networkTables(description, flags.format ?? "table"),
          "",
        ].join("\n"),
      );
    });

/** Shapes said by flags, else by the data. */
const wantedFit = async (asked: Configuration, said: ModelFit): Promise<ModelFit> => ({
  ...(asked.data === undefined ? {} : fitOf(await dataOf(asked, asked.dataSeed))),
  ...said,
  ...given("activation", asked.activation),
  ...given("loss", asked.loss),
});

const sizesFor = ({ input, outputs }: ModelFit): number[] => [
  typeof input === "number" ? input : 2,
  10,
  5,
  outputs ?? 1,
];
