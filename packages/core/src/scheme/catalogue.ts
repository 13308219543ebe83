import { InputError } from "../base/index.ts";
import {
  type Initializer,
  type InitializerSpec,
  initializer,
  initializerNames,
  isInitializer,
  splitSpec,
  zeros,
} from "../init/index.ts";
import { autoEntry } from "./auto.ts";
import { flaxEntry, kerasEntry, pytorchEntry } from "./presets.ts";
import type { Scheme, SchemeEntry } from "./scheme.ts";

/** Every scheme that is more than one initializer everywhere. */
export const schemes: readonly SchemeEntry[] = [autoEntry, pytorchEntry, kerasEntry, flaxEntry];

const schemeNames = schemes.flatMap(({ name, aliases }) => [name, ...aliases]);

/** Every name that `initialization` accepts. */
export const initializationNames: readonly string[] = [...schemeNames, ...initializerNames];

/**
 * The scheme that an initialization names; an initializer's name gives it to every kernel, with zero
 * biases.
 *
 * ```ts
 * scheme("he").name; // "heNormal"
 * scheme("auto").name; // "auto"
 * ```
 */
export const scheme = (spec: InitializerSpec | Initializer): Scheme => {
  if (!isInitializer(spec)) {
    const { name, value, options } = splitSpec(spec);
    const entry = schemes.find((one) => one.name === name || one.aliases.includes(name));
    if (entry !== undefined) {
      if (value !== undefined || Object.keys(options).length > 0) {
        throw new InputError(entry.name, "takes no value and no options", `Write "${entry.name}" alone.`);
      }
      return entry.scheme;
    }
  }
  const kernel = initializer(spec, "initialization", schemeNames);
  return { name: kernel.name, options: kernel.options, layer: () => ({ kernel, bias: zeros() }) };
};

/** A scheme's canonical form: `{ name, ...options }`. */
export const schemeSpec = (
  spec: InitializerSpec | Initializer,
): { readonly name: string; readonly [option: string]: number | string } => {
  const { name, options } = scheme(spec);
  return { name, ...options };
};
