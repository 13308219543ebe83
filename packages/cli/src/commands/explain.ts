import { Command } from "@commander-js/extra-typings";
import {
  explainInitialization,
  InputError,
  initializationNames,
  initializationWarnings,
  mlp,
  suggestion,
} from "@stepzero/core";
import { allNames, findEntry } from "../catalogue.ts";
import { short } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { bold, dim, table } from "../output/table.ts";
import * as parse from "../parse.ts";

export const explainCommand = () =>
  new Command("explain")
    .description("Explain an initialization, activation, data set or any other name.")
    .argument("<name>", "as stepzero list shows them")
    .option("--layers <sizes>", "say what each layer of this network gets, as in 2,10,5,1", parse.layers)
    .option("--activation <name>", "of its hidden layers (default: relu)")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero explain he\n  stepzero explain auto --layers 784,256,256,10 --activation gelu",
    )
    .action((name, flags) => {
      const network =
        flags.layers === undefined && flags.activation === undefined
          ? null
          : networkFigures(name, flags.layers ?? [2, 10, 5, 1], flags.activation ?? "relu");
      const found = findEntry(network === null ? name : (name.split(":")[0] ?? name));
      if (found === undefined) {
        throw new InputError("explain", `unknown name "${name}"`, suggestion(name, allNames()));
      }
      const { kind, entry } = found;
      const { name: canonical, aliases, summary, formula, text, references } = entry;
      if (flags.json === true) {
        printJson("explain", {
          name: canonical,
          kind,
          formula,
          text: text === "" ? summary : text,
          references,
          ...network,
        });
        return;
      }
      const lines = [
        `${bold(canonical)} ${dim(`${kind}${aliases.length > 0 ? `, also ${aliases.join(", ")}` : ""}`)}`,
        "",
        summary,
        ...(formula === "" ? [] : ["", `  ${formula}`]),
        ...(text === "" ? [] : ["", text]),
        ...(references.length === 0 ? [] : ["", ...references.map((reference) => dim(reference))]),
        ...(network === null ? [] : ["", ...drawn(network)]),
      ];
      process.stdout.write(`${lines.join("\n")}\n`);
    });

/** What the layers of a network get from an initialization, and what can be said against it. */
const networkFigures = (name: string, sizes: readonly number[], activation: string) => {
  if (!initializationNames.includes(name.split(":")[0] ?? "")) {
    throw new InputError(
      "explain",
      `--layers and --activation go with an initialization; "${name}" is none`,
      suggestion(name, initializationNames),
    );
  }
  const model = mlp(sizes, { activation });
  return { layers: explainInitialization(model, name), warnings: initializationWarnings(model, name) };
};

const drawn = ({ layers, warnings }: ReturnType<typeof networkFigures>): string[] => [
  table(
    ["layer", "fan in → out", "initializer", "σ", "signal", "gradient"],
    layers.map(({ path, fans, initializer, std, signal, gradient }) => [
      path,
      `${fans.fanIn} → ${fans.fanOut}`,
      Object.entries(initializer)
        .map(([key, value]) =>
          key === "name" ? value : `${key} ${typeof value === "number" ? short(value) : value}`,
        )
        .join(", "),
      short(std),
      signal === null ? "–" : `×${short(signal)}`,
      gradient === null ? "–" : `×${short(gradient)}`,
    ]),
  ),
  ...layers.map(({ path, reason }) => `${path}: ${reason}.`),
  dim("signal, gradient: what the layer multiplies E[z²] and the squared gradient with, in expectation."),
  ...warnings.map(({ rule, message }) => `\nwarning ${rule}: ${message}`),
];
