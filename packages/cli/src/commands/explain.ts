import { Command } from "@commander-js/extra-typings";
import {
  explainInitialization,
  findInitializer,
  findScheme,
  type InitializerSpec,
  InputError,
  initializationNames,
  initializationWarnings,
  initializer,
  initializerNames,
  mlp,
  schemeSpec,
  splitSpec,
  suggestion,
} from "@stepzero/core";
import { allNames, findEntry } from "../catalogue.ts";
import {
  type NetworkFigures,
  networkText,
  optionsText,
  type TensorFigures,
  tensorText,
} from "../output/explanation.ts";
import { printJson } from "../output/json.ts";
import { print } from "../output/print.ts";
import { bold, dim } from "../output/table.ts";
import * as parse from "../parse.ts";
import { addWeightOptions, fansFrom, type WeightFlags } from "../weight-options.ts";

export const explainCommand = () =>
  addWeightOptions(
    new Command("explain")
      .description("Explain an initialization, activation, data set or any other name.")
      .argument("<name>", 'as stepzero list shows them, or with options: {"name":"mup","baseWidth":64}')
      .option("--layers <sizes>", "show what each layer of this network gets, as in 2,10,5,1", parse.layers)
      .option("--activation <name>", "activation of its hidden layers (default: relu)")
      .option(
        "--input-rms <rms>",
        "root mean square of that network's inputs (default: 1; auto counts unknown inputs as 0.5)",
        parse.number("--input-rms"),
      )
      .option("--shape <axes>", "show what this weight gets, [out, in, ...kernel]", parse.shape)
      .option("--json", "print one JSON object"),
  )
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero explain he\n  stepzero explain auto --layers 784,256,256,10 --activation gelu\n" +
        "  stepzero explain he --shape 64,4,3,3 --weight conv --groups 4",
    )
    .action((text, flags) => {
      const spec = parse.initialization(text);
      const name = typeof spec === "string" ? spec : spec.name;
      const plain = name.split(":")[0] ?? name;
      const network =
        flags.layers === undefined && flags.activation === undefined && flags.inputRms === undefined
          ? null
          : networkFigures(spec, plain, flags);
      if (flags.shape === undefined) refuseWeightFlags(flags);
      const tensor = flags.shape === undefined ? null : tensorFigures(spec, plain, flags.shape, flags);
      const found = findEntry(network === null && tensor === null ? name : plain);
      if (found === undefined) {
        throw new InputError("explain", `unknown name "${name}"`, suggestion(name, allNames()));
      }
      const { kind, entry } = found;
      const {
        name: canonical,
        aliases,
        summary,
        formula,
        text: reason,
        references,
        options = {},
        needs,
      } = entry;
      if (flags.json === true) {
        printJson("explain", {
          name: canonical,
          kind,
          formula,
          text: reason === "" ? summary : reason,
          references,
          options,
          needs: needs ?? null,
          ...network,
          ...tensor,
        });
        return;
      }
      const told = optionsText(options);
      const lines = [
        `${bold(canonical)} ${dim(`${kind}${aliases.length > 0 ? `, also ${aliases.join(", ")}` : ""}`)}`,
        "",
        summary,
        ...(formula === "" ? [] : ["", `  ${formula}`]),
        ...(reason === "" ? [] : ["", reason]),
        ...(needs === undefined ? [] : ["", `Needs ${needs}.`]),
        ...(told.length === 0 ? [] : ["", ...told]),
        ...(references.length === 0 ? [] : ["", ...references.map((reference) => dim(reference))]),
        ...(tensor === null ? [] : ["", ...tensorText(tensor)]),
        ...(network === null ? [] : ["", ...networkText(network)]),
      ];
      print(`${lines.join("\n")}\n`);
    });

const refuseWeightFlags = ({
  weight,
  fanIn,
  fanOut,
  groups,
  stride,
  multiplier,
  parts,
}: WeightFlags): void => {
  if ([weight, fanIn, fanOut, groups, stride, multiplier, parts].some((flag) => flag !== undefined)) {
    throw new InputError(
      "explain",
      "expected --shape with flags about fans, got none",
      "As in --shape 64,4,3,3.",
    );
  }
};

interface NetworkFlags {
  readonly layers?: readonly number[] | undefined;
  readonly activation?: string | undefined;
  readonly inputRms?: number | undefined;
}

const networkFigures = (
  spec: InitializerSpec,
  name: string,
  { layers: sizes = [2, 10, 5, 1], activation = "relu", inputRms }: NetworkFlags,
): NetworkFigures => {
  if ((findScheme(name) ?? findInitializer(name)) === undefined) {
    throw new InputError(
      "explain",
      `--layers, --activation and --input-rms go with an initialization, and "${name}" is not one`,
      suggestion(name, initializationNames),
    );
  }
  const model = mlp(sizes, { activation });
  const given = schemeSpec(spec);
  if (inputRms === undefined) {
    return {
      layers: explainInitialization(model, spec),
      warnings: initializationWarnings(model, spec),
      inputSquare: Number(given.inputSquare ?? 1),
    };
  }
  const inputSquare = inputRms * inputRms;
  if (!(inputRms > 0 && inputSquare > 0 && inputSquare < Infinity)) {
    throw new InputError("--input-rms", `expected a number > 0 whose square is one too, got ${inputRms}`);
  }
  const told = given.name === "auto" ? { ...given, inputSquare } : spec;
  return {
    layers: explainInitialization(model, told, { inputSquare }),
    warnings: initializationWarnings(model, told, { inputSquare }),
    inputSquare,
  };
};

const tensorFigures = (
  spec: InitializerSpec,
  name: string,
  shape: readonly number[],
  flags: WeightFlags,
): TensorFigures => {
  const entry = findInitializer(splitSpec(name).name);
  if (entry === undefined) {
    throw new InputError(
      "explain",
      `--shape goes with an initializer, and "${name}" is not one`,
      initializationNames.includes(name)
        ? "Give the --layers of a network."
        : suggestion(name, initializerNames),
    );
  }
  const one = initializer(spec, "explain");
  const fans = fansFrom(shape, flags);
  return {
    shape,
    fans,
    std: one.std(shape, fans ?? undefined),
    distribution: one.distribution(shape, fans ?? undefined),
  };
};
