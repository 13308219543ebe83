import type { ActivationSpec } from "../../activation/index.ts";
import {
  checkKind,
  either,
  InputError,
  KIND,
  type KindsOf,
  optionsOf,
  shown,
  suggestion,
} from "../../base/index.ts";
import type { InputSpec } from "../activation-shape.ts";
import type { Model } from "../model.ts";
import { cnn } from "./cnn.ts";
import { resNet } from "./res-net.ts";
import { transformer } from "./transformer.ts";

/** A named architecture, which lists and help are read from. */
export interface Architecture {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** The option that `name:value` sets. */
  readonly valueOption: string | null;
  create(options: object): Model;
}

/** Every architecture that a name makes; `mlp` takes sizes, which `--layers` says. */
export const architectures: readonly Architecture[] = [
  {
    name: "cnn",
    aliases: [],
    summary: "Convolutions with pooling, then a dense layer.",
    valueOption: null,
    create: cnn,
  },
  {
    name: "resNet",
    aliases: [],
    summary: "The residual network for small images, 6n + 2 layers deep: resNet:20.",
    valueOption: "depth",
    create: resNet,
  },
  {
    name: "transformer",
    aliases: [],
    summary: "Attention and feed-forward branches over tokens or positions.",
    valueOption: "blocks",
    create: transformer,
  },
];

/** A name, a name with a value, or a name with options. */
export type ArchitectureSpec = string | { readonly name: string; readonly [option: string]: unknown };

/** What a network has to fit: said by the data, or by flags. */
export interface ArchitectureFit {
  readonly input?: InputSpec;
  readonly outputs?: number;
  readonly activation?: ActivationSpec;
}

const FIT: KindsOf<ArchitectureFit> = {
  input: either(KIND.number, KIND.list, KIND.object),
  outputs: KIND.number,
  activation: KIND.spec,
};

/**
 * The model that a named architecture makes.
 *
 * ```ts
 * parameterCount(architecture("resNet:8", { input: [1, 8, 8] })); // 77754
 * ```
 *
 * Errors: `InputError` on a name or option that is not known.
 */
export const architecture = (spec: ArchitectureSpec, fit: ArchitectureFit = {}): Model => {
  checkKind("model", "the architecture", spec, KIND.spec);
  const { input, outputs, activation } = optionsOf("architecture", fit, FIT);
  const { name: given, ...options } = typeof spec === "string" ? { name: spec } : spec;
  const [name = "", value, ...rest] = given.split(":");
  const plain = name.toLowerCase().replaceAll(/[-_]/g, "");
  const found = architectures.find((one) =>
    [one.name, ...one.aliases].some((own) => own.toLowerCase() === plain),
  );
  if (found === undefined) {
    const names = architectures.map((one) => one.name);
    throw new InputError("model", `unknown architecture "${name}"`, suggestion(name, names));
  }
  const own: Record<string, unknown> = {};
  if (value !== undefined) {
    if (found.valueOption === null || rest.length > 0 || !/^\d+$/.test(value)) {
      throw new InputError(
        "model",
        `expected ${found.valueOption === null ? `"${found.name}" without a value` : `${found.name} with a whole number`}, got ${shown(given)}`,
        `Give other options by name: { "name": "${found.name}", … }.`,
      );
    }
    own[found.valueOption] = Number(value);
  }
  const said = Object.fromEntries(
    Object.entries({ input, outputs, activation }).filter(([, one]) => one !== undefined),
  );
  return found.create({ ...said, ...own, ...options });
};
