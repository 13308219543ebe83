import { Command } from "@commander-js/extra-typings";
import {
  GENERATORS,
  InputError,
  initializationWarnings,
  initialize,
  mean,
  mlp,
  type Parameters,
  schemeSpec,
  std,
  withOutputPrior,
} from "@stepzero/core";
import { inLayout, LAYOUTS, npy, safetensors } from "@stepzero/format";
import { zipSync } from "fflate";
import { writeAtomically } from "../files.ts";
import { given } from "../network-options.ts";
import { describeModel, idOf, short } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { bold, table } from "../output/table.ts";
import * as parse from "../parse.ts";

export const initializeCommand = () =>
  new Command("initialize")
    .description("Draw all parameters of a network, and write them for PyTorch, Keras or NumPy.")
    .option("--layers <sizes>", "sizes, inputs first (default: 2,10,5,1)", parse.layers)
    .option("--activation <name>", "of the hidden layers (default: relu)")
    .option(
      "--init <name>",
      "initialization; stepzero list initializations (default: auto)",
      parse.initialization,
    )
    .option(
      "--output-prior <frequencies>",
      "output bias by how often each class occurs, as in 90,10",
      parse.numbers("--output-prior"),
    )
    .option("--seed <n>", "(default: 0)", parse.seed("--seed"))
    .option(
      "--generator <name>",
      `${GENERATORS.join(", ")} (default: stepzero)`,
      parse.choice("--generator", GENERATORS),
    )
    .option(
      "--layout <name>",
      "names and axes: stepzero (dense1/kernel [out, in]), pytorch (dense1.weight), keras ([in, out])",
      parse.choice("--layout", LAYOUTS),
    )
    .option("--out <file>", "FILE.safetensors or FILE.npz")
    .option("--json", "print one JSON object, without the values")
    .addHelpText(
      "after",
      "\nExample:\n  stepzero initialize --layers 784,256,10 --init he --layout pytorch --out he.safetensors",
    )
    .action((flags) => {
      const { out, layout = "stepzero", seed = 0, generator = "stepzero", init = "auto" } = flags;
      const write = out === undefined ? null : writerOf(out);
      const plain = mlp(flags.layers ?? [2, 10, 5, 1], { activation: flags.activation ?? "relu" });
      const model = flags.outputPrior === undefined ? plain : withOutputPrior(plain, flags.outputPrior);
      const drawn = initialize(model, { initialization: init, seed, ...given("generator", flags.generator) });
      const parameters = inLayout(drawn, layout);
      const id = idOf(init);
      const initialization = { id, ...schemeSpec(init) };
      const warnings = initializationWarnings(model, init);
      if (out !== undefined) {
        const about = { format: "pt", initialization: id, seed: String(seed), generator };
        writeAtomically(out, write!(parameters, about));
      }
      const rows = Object.entries(parameters).map(([path, { shape, data }]) => ({
        path,
        shape,
        dtype: data instanceof Float32Array ? "float32" : "float64",
        mean: mean(data),
        std: std(data),
      }));
      if (flags.json === true) {
        printJson("initialize", {
          model,
          initialization,
          seed,
          generator,
          layout,
          parameters: rows,
          out: out ?? null,
          warnings,
        });
        return;
      }
      process.stdout.write(
        [
          bold(`${describeModel(model)}, ${id}, seed ${seed}, ${generator}`),
          table(
            ["parameter", "shape", "dtype", "mean", "σ"],
            rows.map((row) => [
              row.path,
              `[${row.shape.join(", ")}]`,
              row.dtype,
              short(row.mean),
              short(row.std),
            ]),
          ),
          ...warnings.map(({ rule, message }) => `warning ${rule}: ${message}`),
          ...(out === undefined ? [] : [`Written to ${out}.`]),
          "",
        ].join("\n"),
      );
    });

type Write = (parameters: Parameters, about: Readonly<Record<string, string>>) => Uint8Array;

const writerOf = (file: string): Write => {
  if (/\.safetensors$/i.test(file)) return safetensors;
  if (/\.npz$/i.test(file)) {
    return (parameters) =>
      zipSync(
        Object.fromEntries(Object.entries(parameters).map(([name, tensor]) => [`${name}.npy`, npy(tensor)])),
        { level: 0 },
      );
  }
  throw new InputError("--out", `expected FILE.safetensors or FILE.npz, got "${file}"`);
};
