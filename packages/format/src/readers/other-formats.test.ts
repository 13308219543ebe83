import { expect, test } from "vitest";
import { memorySource, readWeights } from "./index.ts";

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const weights = (...list: object[]) => [{ paths: ["a.bin", "b.bin"], weights: list }];
const kernel = { name: "d/kernel", shape: [2, 3], dtype: "float32" };
const bias = { name: "d/bias", shape: [3], dtype: "float32" };
const halves = (total: number) => {
  const bytes = new Uint8Array(Float32Array.from({ length: total }, (_, i) => i).buffer);
  return { "a.bin": bytes.slice(0, 10), "b.bin": bytes.slice(10) };
};
const topology = {
  model_config: {
    class_name: "Sequential",
    config: {
      name: "m",
      layers: [{ class_name: "Dense", config: { name: "d", units: 3, activation: "tanh" } }],
    },
  },
};

test("a model of TensorFlow.js is read from all its files, with its configuration", async () => {
  const json = { modelTopology: topology, weightsManifest: weights(kernel, bias) };
  const { format, tensors, architecture } = await readWeights(
    memorySource("model.json", text(json), halves(9)),
  );
  expect(format).toBe("tfjs");
  const values: number[] = [];
  for (const tensor of tensors) for await (const part of tensor.values()) values.push(...part);
  expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const [layer] = architecture.layers;
  expect([layer!.kind, layer!.activation, layer!.parameters[0]!.fans]).toEqual([
    "dense",
    "tanh",
    { fanIn: 2, fanOut: 3 },
  ]);
});

test.each<[string, object, string]>([
  ["quantized", weights({ ...kernel, quantization: { dtype: "uint8", scale: 1, min: 0 } }), "is quantized"],
  ["too short", weights(kernel, { ...bias, shape: [4] }), "may be cut off"],
  ["too long", weights(kernel), "expected files of 24 bytes in sum, got 36"],
  ["outside", [{ paths: ["../a.bin"], weights: [] }], "which leaves the folder"],
  ["missing", [{ paths: ["c.bin"], weights: [] }], "there is no such file"],
  ["unknown type", weights({ ...kernel, dtype: "constructor" }), "expected a type of numbers"],
])("a broken model.json is refused: %s", async (_what, weightsManifest, message) => {
  const bad = readWeights(memorySource("model.json", text({ weightsManifest }), halves(9)));
  await expect(bad).rejects.toMatchObject({ name: "InputError", message: expect.stringContaining(message) });
});

/** A message of protobuf with one field of bytes. */
const field = (number: number, bytes: readonly number[]): number[] => [
  number * 8 + 2,
  bytes.length,
  ...bytes,
];
const latin = (value: string): number[] => [...text(value)];
const onnx = (...tensor: number[]): Uint8Array => Uint8Array.from([8, 8, ...field(7, field(5, tensor))]);

test.each<[string, number[], string]>([
  [
    "outside",
    [
      8,
      1,
      16,
      1,
      ...field(8, latin("w")),
      0x70,
      1,
      ...field(13, [...field(1, latin("location")), ...field(2, latin("../x"))]),
    ],
    "which leaves the folder",
  ],
  ["quantized", [8, 2, 16, 22, ...field(8, latin("w"))], "is quantized: its type is INT4"],
  [
    "too few bytes",
    [8, 2, 16, 1, ...field(8, latin("w")), ...field(9, [0, 0, 0, 0])],
    "expected 8 bytes for FLOAT [2], got 4",
  ],
  [
    "too few numbers",
    [8, 2, 16, 7, ...field(8, latin("w")), ...field(7, [1])],
    "expected 2 values for its shape, got 1",
  ],
  [
    "huge shape",
    [8, 255, 255, 255, 255, 255, 255, 255, 127, 16, 1, ...field(8, latin("w"))],
    "expected a shape",
  ],
])("a broken ONNX file is refused: %s", async (_what, tensor, message) => {
  await expect(readWeights(memorySource("m.onnx", onnx(...tensor)))).rejects.toThrow(message);
});

test("quantized GGUF is refused with the tensor's name", async () => {
  const u = (value: number, size: number): number[] => [value, ...new Array<number>(size - 1).fill(0)];
  const bytes = [
    ...latin("GGUF"),
    ...u(3, 4),
    ...u(1, 8),
    ...u(0, 8),
    ...u(1, 8),
    ...latin("w"),
    ...u(1, 4),
    ...u(32, 8),
    ...u(12, 4),
    ...u(0, 8),
    ...u(0, 64),
  ];
  await expect(readWeights(memorySource("m.gguf", Uint8Array.from(bytes)))).rejects.toThrow(
    'm.gguf: "w": is quantized',
  );
});
