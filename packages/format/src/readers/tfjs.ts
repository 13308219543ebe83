import { type ByteSource, beside } from "./byte-source.ts";
import { CUT_OFF, DAMAGED, fault } from "./fault.ts";
import { isRecord, listOf, own } from "./json.ts";
import { kerasModel } from "./keras/layers.ts";
import { withConfig } from "./keras/read-keras.ts";
import type { KerasTensor } from "./keras/said.ts";
import { countOf, storedTensor } from "./stored-tensor.ts";
import { STORED_BYTES, type StoredType } from "./stored-type.ts";
import type { FileContent, StoredTensor } from "./weight-file.ts";

const TYPES: Readonly<Record<string, StoredType>> = {
  float32: "float32",
  float16: "float16",
  int32: "int32",
  uint8: "uint8",
  bool: "bool",
  complex64: "complex64",
};
const MOST = 10_000;

/** `model.json` of TensorFlow.js, with the files beside it that it names. */
export const readTfjs = async (source: ByteSource, json: unknown): Promise<FileContent> => {
  const tensors: StoredTensor[] = [];
  for (const group of listOf(own(json, "weightsManifest"))) {
    const paths = listOf(own(group, "paths"));
    if (paths.length > MOST || !paths.every((path) => typeof path === "string"))
      throw fault(source.name, "weightsManifest", "expected the names of its files", DAMAGED);
    const files: ByteSource[] = [];
    for (const path of paths as string[]) files.push(await beside(source, path, "the file of weights"));
    const all = joined(source, files);
    let at = 0;
    for (const weight of listOf(own(group, "weights"))) {
      const tensor = tensorOf(source, all, weight, at);
      at += tensor.count * STORED_BYTES[tensor.type];
      tensors.push(tensor);
    }
    if (at !== all.size)
      throw fault(
        source.name,
        "weightsManifest",
        `expected files of ${at} bytes in sum, got ${all.size}`,
        at > all.size ? CUT_OFF : DAMAGED,
      );
  }
  const topology = own(json, "modelTopology");
  const model = kerasModel(own(topology, "model_config") ?? topology);
  const axes = tensors.some(({ name }) => /kernel$/.test(name)) ? "in-first" : null;
  const held = tensors.map(({ name, shape }): KerasTensor | null => {
    const parts = name.split("/");
    const at = parts.findLastIndex((part, i) => i < parts.length - 1 && model?.layers.has(part) === true);
    if (at < 0) return null;
    return {
      name,
      shape,
      owner: parts[at]!,
      part: parts.slice(at + 1, -1).join("/"),
      variable: parts.at(-1)!,
    };
  });
  return withConfig({ tensors, axes, ordered: model === null }, held, model);
};

const tensorOf = (source: ByteSource, all: ByteSource, weight: unknown, offset: number): StoredTensor => {
  const [name, shape, dtype] = [own(weight, "name"), own(weight, "shape"), own(weight, "dtype")];
  if (typeof name !== "string" || !Array.isArray(shape) || typeof dtype !== "string")
    throw fault(source.name, "weightsManifest", "expected name, shape and dtype of each weight", DAMAGED);
  const quantization = own(weight, "quantization");
  const half =
    own(quantization, "dtype") === "float16" &&
    isRecord(quantization) &&
    !Object.hasOwn(quantization, "scale");
  if (quantization !== undefined && !half)
    throw fault(
      source.name,
      `"${name}"`,
      `is quantized: its type is ${String(own(quantization, "dtype"))}`,
      "Convert the model without quantization.",
    );
  const said = half ? "float16" : dtype;
  if (!Object.hasOwn(TYPES, said))
    throw fault(source.name, `"${name}"`, `expected a type of numbers, got ${said}`);
  const type = TYPES[said]!;
  countOf(source.name, name, shape as number[]);
  return storedTensor({ name, shape: shape as number[], dtype: said, type, source: all, offset });
};

/** Files that follow one another as one. A tensor that lies in one of them keeps its place. */
const joined = (source: ByteSource, files: readonly ByteSource[]): ByteSource => {
  if (files.length === 1) return files[0]!;
  const starts: number[] = [];
  let size = 0;
  for (const file of files) {
    starts.push(size);
    size += file.size;
  }
  return {
    name: files[0]?.name ?? source.name,
    size,
    within: null,
    sibling: (name) => source.sibling(name),
    read: async (start, length) => {
      const out = new Uint8Array(length);
      for (const [i, file] of files.entries()) {
        const [from, to] = [Math.max(start, starts[i]!), Math.min(start + length, starts[i]! + file.size)];
        if (from < to) out.set(await file.read(from - starts[i]!, to - from), from - start);
      }
      return out;
    },
  };
};
