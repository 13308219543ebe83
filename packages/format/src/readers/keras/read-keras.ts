import type { ByteSource } from "../byte-source.ts";
import { DAMAGED, fault } from "../fault.ts";
import { type Hdf5Content, readHdf5 } from "../hdf5/read-hdf5.ts";
import { jsonOf } from "../json.ts";
import type { FileContent, StoredTensor } from "../weight-file.ts";
import type { ZipDirectory } from "../zip/directory.ts";
import { checksumOf, entrySource } from "../zip/entry.ts";
import { type KerasModel, kerasModel } from "./layers.ts";
import { type KerasTensor, kerasSaid } from "./said.ts";
import { keras3Names, legacyNames } from "./tensor-names.ts";

/** Bytes of a configuration. */
const MOST = 2 ** 27;

/** `FILE.keras`: a zip file of the configuration and the weights. */
export const readKeras = async (source: ByteSource, directory: ZipDirectory): Promise<FileContent> => {
  const weights = [...directory.values()].find(({ name }) => name.endsWith(".weights.h5"));
  const config = directory.get("config.json");
  if (weights === undefined)
    throw fault(source.name, "its files", "expected model.weights.h5 in it, and it is not there", DAMAGED);
  if (config !== undefined && config.size > MOST)
    throw fault(source.name, '"config.json"', `expected at most ${MOST} bytes, got ${config.size}`);
  const text = config === undefined ? null : await entrySource(source, config);
  const said = text === null ? null : jsonOf(text.name, "its text", await text.read(0, text.size));
  const checksum = weights.method === 0 ? await checksumOf(source, weights) : null;
  const content = await readHdf5(await entrySource(source, weights), checksum);
  return fromHdf5(content, said);
};

/** `FILE.h5`: a whole model of Keras 2, its weights, those of Keras 3, or other datasets by their paths. */
export const readH5 = async (source: ByteSource): Promise<FileContent> => {
  const content = await readHdf5(source);
  const config = content.groups.get("")?.get("model_config")?.[0];
  return fromHdf5(content, typeof config === "string" ? jsonOf(source.name, "model_config", config) : null);
};

const fromHdf5 = ({ datasets, groups, notes }: Hdf5Content, config: unknown): FileContent => {
  const model = kerasModel(config);
  const named = legacyNames(datasets, groups) ?? keras3Names(datasets, groups, model);
  if (named === null) return { tensors: [...datasets.values()], notes, axes: null, ordered: false };
  const tensors = named.held.map(({ path, name }): StoredTensor => ({ ...datasets.get(path)!, name }));
  const left = named.left === 0 ? [] : [`Left out: ${named.left} datasets of the optimizer or of metrics.`];
  return withConfig(
    { tensors, notes: [...notes, ...left], axes: "in-first", ordered: named.ordered },
    named.held,
    model,
  );
};

/** The same with what a configuration says, and in its order. */
export const withConfig = (
  content: FileContent,
  held: readonly (KerasTensor | null)[],
  model: KerasModel | null,
): FileContent => {
  if (model === null) return content;
  const rank = new Map([...model.layers.keys()].map((name, i) => [name, i]));
  const known = held.filter((one) => one !== null);
  const owner = new Map(known.map((one) => [one.name, one.owner]));
  const at = ({ name }: StoredTensor): number => rank.get(owner.get(name) ?? "") ?? rank.size;
  const tensors = content.ordered ? content.tensors : content.tensors.toSorted((a, b) => at(a) - at(b));
  return { ...content, tensors, ordered: true, said: kerasSaid(model, known) };
};
