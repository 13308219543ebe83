import { checkKind, InputError, KIND } from "../base/index.ts";
import {
  checkOptions,
  findInitializer,
  type Initializer,
  type InitializerName,
  type InitializerSpec,
  initializer,
  initializerNames,
  isInitializer,
  plainName,
  splitSpec,
} from "../init/index.ts";
import { type Model, type ParameterRole, placedLayers } from "../model/index.ts";
import { autoEntry } from "./auto.ts";
import { deepNormEntry } from "./deep-norm.ts";
import { oneForAll } from "./fitted.ts";
import { fixupEntry } from "./fixup.ts";
import { flaxEntry } from "./flax.ts";
import { gpt2ResidualEntry } from "./gpt2-residual.ts";
import { kerasEntry } from "./keras.ts";
import { mupEntry } from "./mup.ts";
import { pytorchEntry } from "./pytorch.ts";
import { byRole } from "./roles.ts";
import type { ParameterStart, Scheme, SchemeEntry } from "./scheme.ts";
import { skipInitEntry } from "./skip-init.ts";
import { spectralEntry } from "./spectral.ts";
import { tFixupEntry } from "./t-fixup.ts";
import { tfjsEntry } from "./tfjs.ts";
import { zeroGammaEntry } from "./zero-gamma.ts";

const ENTRIES = [
  autoEntry,
  pytorchEntry,
  kerasEntry,
  flaxEntry,
  tfjsEntry,
  mupEntry,
  spectralEntry,
  fixupEntry,
  skipInitEntry,
  gpt2ResidualEntry,
  deepNormEntry,
  tFixupEntry,
  zeroGammaEntry,
] as const;

/** Every scheme that is more than one initializer everywhere. */
export const schemes: readonly SchemeEntry[] = ENTRIES;

/** Names and aliases of the schemes. */
export type SchemeName = (typeof ENTRIES)[number]["name"];

/**
 * What a network is initialized with: the name of a scheme or of an initializer (`"auto"`, `"he"`), a name with a
 * value (`"random:10"`), or a name with options.
 */
export type InitializationSpec =
  | InitializerSpec
  | SchemeName
  | { readonly name: SchemeName | InitializerName; readonly [option: string]: number | string };

/**
 * The entry of a scheme's name or alias; case, `-` and `_` do not matter.
 *
 * ```ts
 * findScheme("skip_init")?.name; // "skipInit"
 * findScheme("he"); // undefined
 * ```
 */
export const findScheme = (name: string): SchemeEntry | undefined => {
  checkKind("findScheme", "the name", name, KIND.text);
  return schemes.find((one) => [one.name, ...one.aliases].some((own) => plainName(own) === plainName(name)));
};

const schemeNames = schemes.flatMap(({ name, aliases }) => [name, ...aliases]);

/** Every name that `initialization` accepts on a model without residual blocks. */
export const initializationNames: readonly string[] = [
  ...schemes.filter(({ needs }) => needs === undefined).flatMap(({ name, aliases }) => [name, ...aliases]),
  ...initializerNames,
];

/**
 * Every name that `initialization` accepts on this model: schemes that need what it lacks are left out.
 *
 * ```ts
 * initializationNamesOf(mlp([2, 10, 1])).includes("fixup"); // false
 * initializationNamesOf(resNet({ depth: 8 })).includes("fixup"); // true
 * ```
 *
 * Errors: `InputError` on a model that cannot be built.
 */
export const initializationNamesOf = (model: Model): string[] => {
  const slots = placedLayers(model).flatMap(({ parameters }) => parameters);
  const able = ({ create }: SchemeEntry): boolean => {
    try {
      create({}).check?.(slots);
      return true;
    } catch {
      return false;
    }
  };
  return [...schemes.filter(able).flatMap(({ name, aliases }) => [name, ...aliases]), ...initializerNames];
};

/**
 * The scheme that an initialization names; an initializer's name gives it to every kernel, with zero
 * biases. `siren` has a rule of its own for the first layer.
 *
 * ```ts
 * scheme("he").name; // "heNormal"
 * scheme("auto").name; // "auto"
 * scheme({ name: "mup", baseWidth: 64 }).options; // { baseWidth: 64 }
 * ```
 */
export const scheme = (spec: InitializationSpec | Initializer): Scheme => {
  if (!isInitializer(spec)) {
    checkKind("initialization", "the initialization", spec, KIND.spec);
    const { name, value, options } = splitSpec(spec);
    const entry = findScheme(name);
    if (entry !== undefined) {
      if (value === undefined) return entry.create(checkOptions(entry, options));
      const own = Object.keys(entry.options);
      throw new InputError(
        entry.name,
        `takes no value, got ${value}`,
        own.length === 0
          ? `Write "${entry.name}" alone.`
          : `Give its options by name: { "name": "${entry.name}", "${own[0]}": ${value} }.`,
      );
    }
  }
  const kernel = initializer(spec, "initialization", schemeNames);
  const first = onFirstLayer(kernel);
  return {
    name: kernel.name,
    options: kernel.options,
    start: byRole(
      oneForAll(({ place }) => (place.first ? first : kernel)),
      tablesOf(kernel),
    ),
  };
};

/** Tables too get what draws each value alone and asks for no fans; those of a table would say nothing. */
const tablesOf = (kernel: Initializer): Partial<Record<ParameterRole, () => ParameterStart>> => {
  if (!kernel.elementwise) return {};
  const shape = [8, 8];
  const [narrow, wide] = [1, 64].map((fanIn) => kernel.std(shape, { fanIn, fanOut: fanIn }));
  if (narrow === null || narrow !== wide) return {};
  const start = () => ({ initializer: kernel });
  return { embedding: start, positionEmbedding: start };
};

/** What the first layer of a network gets of an initializer that may have a rule of its own for it. */
const onFirstLayer = (kernel: Initializer): Initializer => {
  const rule = findInitializer(kernel.name)?.firstLayer;
  return rule === undefined ? kernel : initializer({ name: kernel.name, ...kernel.options, ...rule });
};

/** A scheme's canonical form: `{ name, ...options }`. */
export const schemeSpec = (
  spec: InitializationSpec | Initializer,
): { readonly name: string; readonly [option: string]: number | string } => {
  const { name, options } = scheme(spec);
  return { name, ...options };
};
