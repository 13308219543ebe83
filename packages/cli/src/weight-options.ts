import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";
import { type Fans, fans, fansOf, InputError, sizeOf, type WeightKind } from "@stepzero/core";
import * as parse from "./parse.ts";

/** What a weight is for, with the flags that say more of it. */
const WEIGHTS: Readonly<Record<WeightKind["kind"], readonly (keyof WeightDetails)[]>> = {
  dense: [],
  conv: ["groups"],
  depthwise: ["multiplier"],
  transposed: ["stride", "groups"],
  embedding: [],
  packed: ["parts"],
};

type WeightDetails = {
  readonly groups?: number;
  readonly stride?: readonly number[];
  readonly multiplier?: number;
  readonly parts?: number;
};

export type WeightFlags = WeightDetails & {
  readonly weight?: WeightKind["kind"];
  readonly fanIn?: number;
  readonly fanOut?: number;
};

/** Adds the flags that decide a weight's fans. */
export const addWeightOptions = <A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
): Command<A, O & WeightFlags> => {
  const kinds = Object.keys(WEIGHTS) as WeightKind["kind"][];
  const options = [
    new Option("--weight <kind>", `what the weight is for: ${kinds.join(", ")}`).argParser(
      parse.choice("--weight", kinds),
    ),
    new Option("--groups <n>", "groups of a grouped convolution").argParser(parse.integer("--groups", 1)),
    new Option(
      "--stride <n>",
      "stride of a transposed convolution, one for all axes or one per axis",
    ).argParser((text: string) => parse.list("--stride")(text).map(parse.integer("--stride", 1))),
    new Option("--multiplier <n>", "outputs per channel of a depthwise convolution").argParser(
      parse.integer("--multiplier", 1),
    ),
    new Option("--parts <n>", "parts of a packed projection, 3 for query, key and value").argParser(
      parse.integer("--parts", 1),
    ),
    new Option("--fan-in <n>", "use this fan instead of the one that shape and weight give").argParser(
      parse.number("--fan-in"),
    ),
    new Option("--fan-out <n>", "use this fan instead of the one that shape and weight give").argParser(
      parse.number("--fan-out"),
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup("Fans:"));
  return command as unknown as Command<A, O & WeightFlags>;
};

/**
 * The fans given, or those of the kind of weight, or of the shape; `null` where a shape alone has none, which the
 * initializer judges. `elsewhere` are flags that have another meaning too.
 */
export const fansFrom = (
  shape: readonly number[],
  flags: WeightFlags,
  elsewhere: readonly string[] = [],
): Fans | null => {
  const own = fansOfWeight(shape, flags, elsewhere);
  const { fanIn, fanOut } = flags;
  if (fanIn === undefined && fanOut === undefined) return own;
  return { fanIn: fanIn ?? own?.fanIn ?? fanOut!, fanOut: fanOut ?? own?.fanOut ?? fanIn! };
};

const fansOfWeight = (shape: readonly number[], flags: WeightFlags, elsewhere: readonly string[]) => {
  const { weight } = flags;
  for (const name of ["groups", "stride", "multiplier", "parts"] as const) {
    if (flags[name] === undefined || elsewhere.includes(name)) continue;
    if (weight !== undefined && WEIGHTS[weight].includes(name)) continue;
    const kinds = Object.keys(WEIGHTS).filter((kind) => WEIGHTS[kind as keyof typeof WEIGHTS].includes(name));
    throw new InputError(`--${name}`, `goes with --weight ${kinds.join(" or ")}, got ${weight ?? "none"}`);
  }
  if (weight === undefined) return shape.length >= 2 && sizeOf(shape) > 0 ? fansOf(shape) : null;
  return fans(shape, weightOf(weight, flags));
};

const weightOf = (kind: WeightKind["kind"], flags: WeightFlags): WeightKind => {
  if (kind === "packed" && flags.parts === undefined) {
    throw new InputError("--parts", "expected how many layers are packed, got none", "Query, key, value: 3.");
  }
  const { stride } = flags;
  const details = {
    ...flags,
    ...(stride === undefined ? {} : { stride: stride.length === 1 ? stride[0] : stride }),
  };
  return Object.fromEntries([
    ["kind", kind],
    ...WEIGHTS[kind].flatMap((name) => (flags[name] === undefined ? [] : [[name, details[name]]])),
  ]) as unknown as WeightKind;
};
