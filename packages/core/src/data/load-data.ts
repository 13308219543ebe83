import { checkKind, InputError, KIND, suggestion } from "../base/index.ts";
import { type DataName, dataCatalogue, type NamedDataOptions, namedData } from "./catalogue.ts";
import type { Dataset } from "./dataset.ts";
import type { DigitsOptions } from "./digits.ts";
import { loadedDataCatalogue } from "./loaded-catalogue.ts";
import type { Mnist1dOptions } from "./mnist1d.ts";
import type { ModularAdditionOptions, RecallOptions } from "./sequences/index.ts";

/** Names of the data that are loaded when they are asked for. */
export type LoadedDataName = (typeof loadedDataCatalogue)[number]["name"];

/** Options of any data set with a name; those that one lacks are errors. */
export type LoadDataOptions = NamedDataOptions &
  Mnist1dOptions &
  DigitsOptions &
  RecallOptions &
  ModularAdditionOptions;

const LOADERS: Readonly<Record<LoadedDataName, (options: LoadDataOptions) => Promise<Dataset>>> = {
  mnist1d: async (options) => (await import("./mnist1d.ts")).mnist1d(options),
  digits: async (options) => (await import("./digits.ts")).digits(options),
  copy: async (options) => (await import("./sequences/copy.ts")).copy(options),
  reversed: async (options) => (await import("./sequences/reversed.ts")).reversed(options),
  modularAddition: async (options) =>
    (await import("./sequences/modular-addition.ts")).modularAddition(options),
};

/**
 * A data set by name, also one that is too large to be at hand: it is loaded when it is asked for.
 *
 * ```ts
 * const data = await loadData("digits", { seed: 3 });
 * [data.features, data.classes, data.train.count, data.test?.count]; // [64, 10, 1348, 449]
 * (await loadData("mnist1d")).train.count; // 4000
 * (await loadData("circles", { samples: 50 })).train.count; // 50
 * ```
 *
 * Errors: rejects with an `InputError` on an unknown name, and on options that the data set does not have.
 */
export const loadData = async (
  name: DataName | LoadedDataName | (string & {}),
  options: LoadDataOptions = {},
): Promise<Dataset> => {
  checkKind("data", "the name", name, KIND.text);
  if (Object.hasOwn(LOADERS, name)) return LOADERS[name as LoadedDataName](options);
  const [, kind] = name.match(/^(mnist|fashionMnist|text)(?::|$)/) ?? [];
  if (kind !== undefined) {
    throw new InputError(
      "data",
      `"${name}" is read from ${kind === "text" ? "a file" : "files"}, which the library does not open`,
      kind === "text" ? "textDataset takes the text." : "idxDataset takes their bytes.",
    );
  }
  if (dataCatalogue.some((one) => one.name === name || (one.aliases as readonly string[]).includes(name))) {
    return namedData(name, options);
  }
  const all = [...dataCatalogue, ...loadedDataCatalogue].map((one) => one.name);
  throw new InputError("data", `unknown data set "${name}"`, suggestion(name, all));
};
