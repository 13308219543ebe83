import { Command } from "@commander-js/extra-typings";
import {
  GENERATORS,
  InputError,
  type InputSpec,
  initializationWarnings,
  initialize,
  type Model,
  mean,
  mlp,
  type Parameters,
  placedLayers,
  printable,
  schemeSpec,
  sizeOf,
  std,
  withOutputPrior,
} from "@stepzero/core";
import {
  ELEMENT_BYTES,
  ELEMENT_TYPES,
  type ElementType,
  elementTypeOf,
  inLayout,
  LAYOUTS,
  npy,
  safetensors,
} from "@stepzero/format";
import { zipSync } from "fflate";
import { checkCount, checkFinite, checkHalf, dtypeFor, roundedTo } from "../drawing.ts";
import { given } from "../given.ts";
import { MARK } from "../mark.ts";
import {
  INIT_AT_OPTION,
  MODEL_OPTION,
  modelAsked,
  modelFrom,
  parseInput,
  withInitAt,
} from "../model-options.ts";
import { checkOneNetwork } from "../network-options.ts";
import { describeModel, idOf, short } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { print } from "../output/print.ts";
import { bold, table } from "../output/table.ts";
import { FORCE_OPTION } from "../output-file/force.ts";
import { TENSORS } from "../output-file/kinds.ts";
import { openOutputs } from "../output-file/output-files.ts";
import * as parse from "../parse.ts";

export const initializeCommand = () =>
  new Command("initialize")
    .description("Draw all parameters of a network, and write them for PyTorch, Keras or NumPy.")
    .option("--layers <sizes>", "sizes, inputs first (default: 2,10,5,1)", parse.layers)
    .option(...MODEL_OPTION)
    .option("--activation <name>", "activation of the hidden layers (default: relu)")
    .option("--input <shape>", "what --model takes: 64, 1x28x28, 1x40 or tokens:65x64", parseInput)
    .option("--outputs <n>", "how many outputs --model has", parse.integer("--outputs", 1))
    .option(
      "--init <name>",
      "initialization; stepzero list initializations (default: auto)",
      parse.initialization,
    )
    .option(...INIT_AT_OPTION)
    .option(
      "--output-prior <frequencies>",
      "output bias by how often each class occurs, as in 90,10",
      parse.numbers("--output-prior"),
    )
    .option("--seed <n>", "(default: 0)", parse.seed("--seed"))
    .option("--generator <name>", `${GENERATORS.join(", ")} (default: stepzero)`, parse.generator)
    .option(
      "--layout <name>",
      "names and axes: stepzero (dense1/kernel [out, in]), pytorch (dense1.weight), keras ([in, out])",
      parse.choice("--layout", LAYOUTS),
    )
    .option(
      "--dtype <name>",
      "float32 or float64; with generator stepzero also float16 and bfloat16, which are float32 rounded (default: the generator's own)",
      parse.choice("--dtype", ELEMENT_TYPES),
    )
    .option("--out <file>", "FILE.safetensors or FILE.npz")
    .option(...FORCE_OPTION)
    .option("--json", "print one JSON object, without the values")
    .addHelpText(
      "after",
      "\nExample:\n  stepzero initialize --layers 784,256,10 --init he --layout pytorch --out he.safetensors",
    )
    .action(async (flags) => {
      const { out, layout = "stepzero", seed = 0, generator = "stepzero", init = "auto" } = flags;
      const write = out === undefined ? null : writerOf(out);
      const plain = withInitAt(modelOfFlags(flags), flags.initAt);
      const model = flags.outputPrior === undefined ? plain : withOutputPrior(plain, flags.outputPrior);
      checkHalf(flags.dtype ?? "float32", generator);
      const count = countOf(model);
      checkCount("--layers", count);
      const bytes = count * ELEMENT_BYTES[flags.dtype ?? "float32"];
      const wanted = out === undefined ? null : { flag: "--out", path: out, kind: TENSORS, bytes };
      const outputs = await openOutputs([wanted], flags.force);
      try {
        const drawn = initialize(model, {
          initialization: init,
          seed,
          generator,
          ...given("dtype", flags.dtype === undefined ? undefined : dtypeFor(flags.dtype)),
        });
        const parameters = inLayout(rounded(drawn, flags.dtype), layout);
        for (const [path, { data }] of Object.entries(parameters)) {
          checkFinite(path, data, flags.dtype ?? elementTypeOf(data));
        }
        const id = idOf(init);
        const initialization = { id, ...schemeSpec(init) };
        const warnings = initializationWarnings(model, init);
        if (out !== undefined) {
          const about = { format: "pt", writer: MARK, initialization: id, seed: String(seed), generator };
          await outputs.of("--out")?.write([write!(parameters, about, flags.dtype)]);
        }
        const rows = Object.entries(parameters).map(([path, { shape, data }]) => ({
          path,
          shape,
          dtype: flags.dtype ?? elementTypeOf(data),
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
        print(
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
            ...(out === undefined ? [] : [`Written to ${printable(out)}.`]),
            "",
          ].join("\n"),
        );
      } finally {
        outputs.release();
      }
    });

/** The network that the flags say: sizes, or a model with its shapes. */
const modelOfFlags = (flags: {
  readonly model?: string;
  readonly layers?: readonly number[];
  readonly activation?: string;
  readonly input?: InputSpec;
  readonly outputs?: number;
}): Model => {
  const { model, layers, activation, input, outputs } = flags;
  checkOneNetwork({ layers: layers?.slice(), model });
  if (model !== undefined) {
    const fit = {
      ...given("input", input),
      ...given("outputs", outputs),
      ...given("activation", activation),
    };
    return modelFrom(modelAsked(model), fit);
  }
  if (input !== undefined || outputs !== undefined) {
    const flag = input === undefined ? "--outputs" : "--input";
    throw new InputError(flag, "goes with --model", "--layers says inputs and outputs itself.");
  }
  return mlp(layers ?? [2, 10, 5, 1], { activation: activation ?? "relu" });
};

const countOf = (model: Model): number =>
  placedLayers(model)
    .flatMap(({ parameters }) => parameters)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const rounded = (parameters: Parameters, type: ElementType | undefined): Parameters =>
  type === undefined
    ? parameters
    : Object.fromEntries(
        Object.entries(parameters).map(([path, { shape, data }]) => [
          path,
          { shape, data: roundedTo(data, type) },
        ]),
      );

type Write = (
  parameters: Parameters,
  about: Readonly<Record<string, string>>,
  type: ElementType | undefined,
) => Uint8Array;

/** The same network gives the same bytes, whenever it is written. */
const EPOCH = "1980-01-01T00:00:00";

const writerOf = (file: string): Write => {
  if (/\.safetensors$/i.test(file)) return safetensors;
  if (/\.npz$/i.test(file)) {
    return (parameters, _, type) =>
      zipSync(
        Object.fromEntries(
          Object.entries(parameters).map(([name, tensor]) => [
            `${name}.npy`,
            [npy(tensor, type), { comment: MARK }],
          ]),
        ),
        { level: 0, mtime: EPOCH },
      );
  }
  throw new InputError("--out", `expected FILE.safetensors or FILE.npz, got "${file}"`);
};
