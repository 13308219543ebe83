import { Command, Option } from "@commander-js/extra-typings";
import {
  findInitializer,
  findScheme,
  GENERATORS,
  generator,
  InputError,
  initializer,
  initializers,
  type OptionDescription,
  printable,
  sizeOf,
  splitSpec,
} from "@stepzero/core";
import { ELEMENT_TYPES } from "@stepzero/format";
import {
  checkHalf,
  checkJsonCount,
  type Drawing,
  drawInParts,
  drawWhole,
  fileSize,
  isStreamed,
  type Measured,
  measured,
} from "../drawing.ts";
import { short } from "../output/describe.ts";
import { lawText } from "../output/explanation.ts";
import { printJson } from "../output/json.ts";
import { print } from "../output/print.ts";
import { bold, dim } from "../output/table.ts";
import { FORCE_OPTION } from "../output-file/force.ts";
import { ARRAY } from "../output-file/kinds.ts";
import { openOutputs } from "../output-file/output-files.ts";
import * as parse from "../parse.ts";
import { addWeightOptions, fansFrom } from "../weight-options.ts";

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One flag for each option that any initializer has, described as by the first that has it. */
const OPTIONS = initializers
  .flatMap(({ options }) => Object.entries(options))
  .reduce(
    (all, [name, one]) => (all.has(name) ? all : all.set(name, one)),
    new Map<string, OptionDescription>(),
  );

export const drawCommand = () => {
  const command = new Command("draw")
    .description("Draw one tensor and say its mean and standard deviation.")
    .argument("<initializer>", "stepzero list initializers; a value may follow, as in random:10")
    .requiredOption("--shape <axes>", "[out, in, ...kernel], as in 256,784", parse.shape)
    .option("--seed <n>", "(default: 0)", parse.seed("--seed"))
    .option("--generator <name>", `${GENERATORS.join(", ")} (default: stepzero)`, parse.generator)
    .option(
      "--dtype <name>",
      "float32 or float64; with generator stepzero also float16 and bfloat16, which are float32 rounded (default: the generator's own)",
      parse.choice("--dtype", ELEMENT_TYPES),
    )
    .option("--out <file>", "write the values to FILE.npy")
    .option(...FORCE_OPTION)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero draw heNormal --shape 4,3 --seed 3 --generator numpy --json\n" +
        "  stepzero draw heNormal --shape 64,4,3,3 --weight conv --groups 4\n" +
        "  stepzero draw truncatedNormal --shape 4,3 --std 0.02 --a -2 --b 2 --generator pytorch\n" +
        "  stepzero draw truncatedNormal --shape 4,3 --stddev 0.02 --lower -1 --upper 3 --generator jax",
    );
  const weighted = addWeightOptions(command);
  for (const [name, { summary, choices, text }] of OPTIONS) {
    if (weighted.options.some((option) => option.attributeName() === name)) continue;
    const option = new Option(`--${kebab(name)} <value>`, summary).helpGroup("Options of some initializers:");
    if (choices === undefined && text !== true) option.argParser(parse.number(`--${kebab(name)}`));
    weighted.addOption(option);
  }
  return weighted.action(async (name, flags) => {
    const all = flags as typeof flags & Readonly<Record<string, number | string | undefined>>;
    refuseScheme(splitSpec(name).name);
    const known = Object.keys(findInitializer(splitSpec(name).name)?.options ?? {});
    const own = Object.fromEntries(
      [...OPTIONS.keys()].flatMap((option) => {
        const ofWeight = option === "groups" && flags.weight !== undefined && !known.includes(option);
        return all[option] === undefined || ofWeight ? [] : [[option, all[option]]];
      }),
    );
    const chosen = initializer(Object.keys(own).length === 0 ? name : withOptions(name, own), "draw");
    const source = generator(flags.generator ?? "stepzero", flags.seed ?? 0);
    const { shape } = flags;
    if (flags.out !== undefined && !/\.npy$/i.test(flags.out)) {
      throw new InputError("--out", `expected FILE.npy, got "${flags.out}"`);
    }
    const fans = fansFrom(shape, flags, known);
    const dtype = flags.dtype ?? source.dtype;
    checkHalf(dtype, source.generator);
    const drawing: Drawing = {
      initializer: chosen,
      shape,
      source: source.generator === "stepzero" ? source.at("draw/kernel") : source,
      type: dtype,
      fans,
    };
    const result = {
      initializer: { name: chosen.name, ...chosen.options },
      shape,
      seed: flags.seed ?? 0,
      generator: source.generator,
      dtype,
      fans,
      distribution: chosen.distribution(shape, fans ?? undefined),
    };
    if (flags.json === true) checkJsonCount("--json", sizeOf(shape));
    const wanted =
      flags.out === undefined
        ? null
        : { flag: "--out", path: flags.out, kind: ARRAY, bytes: fileSize(drawing) };
    const outputs = await openOutputs([wanted], flags.force);
    const out = outputs.of("--out");
    let found: Measured;
    try {
      if (flags.json === true) {
        const { data } = await drawWhole(drawing, out);
        const { mean, std } = measured(data);
        printJson("draw", { ...result, values: data, mean, std });
        return;
      }
      found =
        out !== null && isStreamed(drawing)
          ? await drawInParts(drawing, out)
          : measured((await drawWhole(drawing, out)).data);
    } finally {
      outputs.release();
    }
    const claimed = chosen.std(shape, fans ?? undefined);
    print(
      [
        bold(`${chosen.name} [${shape.join(", ")}], seed ${result.seed}, ${result.generator} ${dtype}`),
        ...(fans === null ? [] : [`fan in ${fans.fanIn}, fan out ${fans.fanOut}`]),
        ...(result.distribution === null ? [] : [lawText(result.distribution)]),
        found.mean === null || found.std === null
          ? "no values"
          : `mean ${short(found.mean)}, standard deviation ${short(found.std)}${claimed === null ? "" : ` (claimed ${short(claimed)})`}`,
        dim(
          `first values: ${Array.from(found.first, short).join("  ")}${sizeOf(shape) > found.first.length ? "  …" : ""}`,
        ),
        ...(flags.out === undefined ? [] : [`Written to ${printable(flags.out)}.`]),
        "",
      ].join("\n"),
    );
  });
};

const refuseScheme = (name: string): void => {
  const scheme = findScheme(name);
  if (scheme === undefined) return;
  throw new InputError(
    "draw",
    `expected an initializer of one tensor, got the scheme "${name}"`,
    scheme.needs === undefined
      ? `A scheme is for a whole network: stepzero initialize --init ${name} --layers 784,256,10.`
      : `A scheme is for a whole network, and this one needs ${scheme.needs}: stepzero explain ${name}.`,
  );
};

const withOptions = (name: string, own: Readonly<Record<string, number | string>>) => {
  const { name: plain, value } = splitSpec(name);
  if (value !== undefined) {
    throw new InputError("draw", `expected either "${name}" or options, got both`);
  }
  return { name: plain, ...own };
};
