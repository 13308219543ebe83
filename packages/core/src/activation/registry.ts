import { checkKind, InputError, KIND, shown, suggestion } from "../base/index.ts";
import type { Activation } from "./activation.ts";
import { celu } from "./celu.ts";
import { elu } from "./elu.ts";
import { gelu } from "./gelu.ts";
import { geluTanh } from "./gelu-tanh.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hardSwish } from "./hard-swish.ts";
import { hardTanh } from "./hard-tanh.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { linear } from "./linear.ts";
import { mish } from "./mish.ts";
import { prelu } from "./prelu.ts";
import { relu } from "./relu.ts";
import { selu } from "./selu.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { sinActivation } from "./sin.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { tanhActivation } from "./tanh.ts";

type Options = Readonly<Record<string, number>>;

interface Entry<Name extends string = string> {
  /** With its default options. */
  readonly activation: Activation<Name>;
  /** With others; absent where there are none. */
  readonly create?: (options: Options) => Activation<Name>;
}

const plain = <Name extends string>(activation: Activation<Name>): Entry<Name> => ({ activation });
const parametric = <Name extends string>(create: (options?: Options) => Activation<Name>): Entry<Name> => ({
  activation: create(),
  create,
});

const ENTRIES = [
  plain(linear),
  plain(relu),
  parametric(leakyRelu),
  parametric(prelu),
  parametric(elu),
  plain(selu),
  parametric(celu),
  plain(gelu),
  plain(geluTanh),
  plain(silu),
  plain(mish),
  plain(softplus),
  plain(tanhActivation),
  plain(sigmoid),
  plain(hardTanh),
  plain(hardSigmoid),
  plain(hardSwish),
  parametric(sinActivation),
  plain(softsign),
] as const;

/** Names and aliases of the activations. */
export type ActivationName = (typeof ENTRIES)[number]["activation"]["name"];

/** A name (`"relu"`), a name with its value (`"leakyRelu:0.2"`) or a name with options. */
export type ActivationSpec =
  | ActivationName
  | (string & {})
  | { readonly name: ActivationName | (string & {}); readonly [option: string]: string | number };

/** Every activation, with default options. */
export const activations: readonly Activation[] = ENTRIES.map(({ activation }) => activation);

const folded = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");
const byName: ReadonlyMap<string, Entry> = new Map(
  ENTRIES.flatMap((entry) =>
    [entry.activation.name, ...entry.activation.aliases].map((name) => [folded(name), entry] as const),
  ),
);

/**
 * The activation that a name, a name with its value, or a name with options stands for.
 *
 * ```ts
 * activation("relu").value(-2); // 0
 * activation("leakyRelu:0.2").value(-2); // -0.4
 * activation({ name: "leakyRelu", negativeSlope: 0.5 }).derivative(-1); // 0.5
 * ```
 */
export const activation = (spec: ActivationSpec): Activation => {
  checkKind("activation", "the activation", spec, KIND.spec);
  const { name, value, options } = split(spec);
  const entry = byName.get(folded(name));
  if (entry === undefined) {
    const names = ENTRIES.map((one) => one.activation.name);
    throw new InputError("activation", `unknown activation "${name}"`, suggestion(name, names));
  }
  const known = Object.keys(entry.activation.options);
  if (value !== undefined && known.length === 0) {
    throw new InputError(entry.activation.name, "takes no value", `Write "${entry.activation.name}" alone.`);
  }
  const all = value === undefined ? options : { [known[0]!]: value };
  for (const [option, given] of Object.entries(all)) {
    if (!known.includes(option)) {
      throw new InputError(
        entry.activation.name,
        `unknown option "${option}"`,
        known.length === 0 ? "It takes no options." : suggestion(option, known),
      );
    }
    if (typeof given !== "number" || !Number.isFinite(given)) {
      throw new InputError(
        entry.activation.name,
        `expected ${option} to be a finite number, got ${shown(given)}`,
      );
    }
  }
  return entry.create === undefined ? entry.activation : entry.create(all as Options);
};

/**
 * The canonical form: the name, and the options that differ from their defaults.
 *
 * ```ts
 * activationSpec("leaky-relu:0.2"); // { name: "leakyRelu", negativeSlope: 0.2 }
 * activationSpec("lrelu"); // "leakyRelu"
 * ```
 */
export const activationSpec = (spec: ActivationSpec): ActivationSpec => {
  const { name, options } = activation(spec);
  const usual = byName.get(folded(name))!.activation.options;
  const own = Object.entries(options).filter(([option, value]) => usual[option] !== value);
  return own.length === 0 ? name : { name, ...Object.fromEntries(own) };
};

const split = (
  spec: ActivationSpec,
): { name: string; value: number | undefined; options: Readonly<Record<string, unknown>> } => {
  if (typeof spec !== "string") {
    const { name, ...options } = spec;
    return { name: String(name), value: undefined, options };
  }
  const colon = spec.indexOf(":");
  // What stands before the colon is no name: the whole is unknown.
  if (colon < 0 || !byName.has(folded(spec.slice(0, colon))))
    return { name: spec.trim(), value: undefined, options: {} };
  const name = spec.slice(0, colon).trim();
  const text = spec.slice(colon + 1).trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) {
    throw new InputError(name, `expected a finite number after the colon, got "${text}"`);
  }
  return { name, value, options: {} };
};
