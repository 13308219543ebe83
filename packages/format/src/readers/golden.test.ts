import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { memorySource, readWeights, type StoredTensor, type WeightFile } from "./index.ts";

interface Case {
  readonly file: string;
  readonly others: string[];
  readonly tensors: Record<string, { shape: number[]; sha256: string }>;
  readonly notes?: string[];
  readonly ties?: string[][];
}
const { files, cases } = JSON.parse(
  readFileSync(new URL("readers.golden.json", import.meta.url), "utf8"),
) as { files: Record<string, string>; cases: Case[] };
const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(inflateSync(Buffer.from(files[name]!, "base64")));

const open = ({ file, others }: Case): Promise<WeightFile> =>
  readWeights(
    memorySource(file, bytesOf(file), Object.fromEntries(others.map((name) => [name, bytesOf(name)]))),
  );

const sumOf = async (tensor: StoredTensor): Promise<string> => {
  const hash = createHash("sha256");
  for await (const part of tensor.values()) {
    hash.update(new Uint8Array(Float64Array.from(part).buffer));
  }
  return hash.digest("hex").slice(0, 16);
};

const known = (name: string): Case => cases.find(({ file }) => file === name)!;

describe.each(cases)("$file, written by the library itself", (one) => {
  test("its tensors have the shapes and values that the library reads", async () => {
    const { tensors } = await open(one);
    const read = await Promise.all(
      tensors.map(async (tensor) => [tensor.name, { shape: tensor.shape, sha256: await sumOf(tensor) }]),
    );
    expect(Object.fromEntries(read)).toEqual(one.tensors);
  });

  test("places hold the very bytes of the values", async () => {
    const { tensors } = await open(one);
    for (const { place, type, values, name } of tensors) {
      if (place === null || place.columnMajor || place.bigEndian || type !== "float32") continue;
      expect([one.file, ...one.others]).toContain(place.file.name);
      const bytes = bytesOf(place.file.name).slice(place.offset, place.offset + place.length);
      const all: number[] = [];
      for await (const part of values()) all.push(...part);
      expect([...new Float32Array(bytes.buffer)], name).toEqual(all);
    }
  });

  test("what was left out is said", async () => {
    const { notes, architecture } = await open(one);
    for (const note of one.notes ?? []) expect(notes.join("\n")).toContain(note);
    if (one.notes === undefined) expect(notes).toEqual([]);
    if (one.ties !== undefined) expect(architecture.ties).toEqual(one.ties);
  });
});

test("there is a case of each kind of file", () => {
  expect(cases.length).toBeGreaterThanOrEqual(16);
  expect(cases.flatMap(({ tensors }) => Object.keys(tensors)).length).toBeGreaterThan(150);
});

const layersOf = async (name: string) => {
  const { architecture } = await open(known(name));
  return architecture.layers.map(({ path, kind, activation, parameters, ...rest }) => ({
    ...{ path, kind, activation },
    fans: parameters.flatMap(({ fans }) => (fans === null ? [] : [[fans.fanIn, fans.fanOut]])),
    declared: parameters.flatMap(({ declared }) => declared ?? []),
    flags: (["first", "head", "residualLast", "normAfter"] as const).filter((flag) => rest[flag] === true),
  }));
};

test("a Keras configuration says layers in order, activations, sums, fans and declared initializers", async () => {
  for (const name of ["net.keras", "net.h5"]) {
    const layers = await layersOf(name);
    expect(
      layers.map(({ path, kind, activation }) => [path, kind, activation]),
      name,
    ).toEqual([
      ["conv", "conv", "relu6"],
      ["bn", "batchNorm", "relu6"],
      ["dw", "depthwiseConv", "gelu"],
      ["pw", "conv", "linear"],
      ["up", "transposedConv", "silu"],
      ["mha.query", "dense", "linear"],
      ["mha.key", "dense", "linear"],
      ["mha.value", "dense", "linear"],
      ["mha.attention_output", "dense", "linear"],
      ["lstm.lstm_cell", "recurrent", "linear"],
      ["out", "dense", "softmax"],
    ]);
    const at = (path: string) => layers.find((layer) => layer.path === path)!;
    expect(at("conv").fans).toEqual([[18, 36]]);
    expect(at("conv").flags).toEqual(["first", "normAfter"]);
    expect(at("conv").declared[0]).toBe("HeNormal");
    expect(at("dw").fans).toEqual([[9, 9]]);
    expect(at("pw").flags).toEqual(["residualLast"]);
    expect(at("up").fans).toEqual([[16, 12]]);
    expect(at("mha.query").fans).toEqual([[3, 6]]);
    expect(at("mha.attention_output").fans).toEqual([[6, 3]]);
    expect(at("lstm.lstm_cell").fans).toEqual([
      [3, 4],
      [4, 4],
    ]);
    expect(at("out").flags).toEqual(["head"]);
  }
});

test("an ONNX graph says axes, groups, biases and activations that are several nodes", async () => {
  const layers = await layersOf("mixed.onnx");
  expect(layers.map(({ path, kind, activation, fans }) => [path, kind, activation, fans[0]])).toEqual([
    ["conv", "depthwiseConv", "relu", [9, 9]],
    ["fc1", "dense", "silu", [4, 6]],
    ["fc2", "dense", "gelu", [6, 5]],
    ["half", "dense", "linear", [5, 2]],
    ["W", "recurrent", "linear", [2, 3]],
    ["", "other", null, undefined],
  ]);
  expect(layers[0]!.flags).toEqual(["first"]);
});
