import { batchNorm, conv, initialize, mlp, sequential, toFloat16 } from "@stepzero/core";
import { expect, test } from "vitest";
import { inLayout, npy, safetensors } from "../index.ts";

const parameters = initialize(mlp([3, 5, 2]), { initialization: "he", seed: 3 });

test("a .npy file has a header that ends on 64 bytes, then the values", () => {
  const kernel = parameters["dense1/kernel"]!;
  const bytes = npy(kernel);
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = bytes[8]! + 256 * bytes[9]!;
  expect((10 + length) % 64).toBe(0);
  const header = new TextDecoder().decode(bytes.subarray(10, 10 + length));
  expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 3), }");
  expect(header.endsWith("\n")).toBe(true);
  expect([...new Float32Array(bytes.slice(10 + length).buffer)]).toEqual([...kernel.data]);
  const flat = npy({ shape: [3], data: new Float64Array([1, 2, 3]) });
  expect(new TextDecoder().decode(flat.subarray(10, 128))).toContain(
    "'<f8', 'fortran_order': False, 'shape': (3,), }",
  );
});

test("in half precision a .npy file holds the rounded words", () => {
  const kernel = parameters["dense1/kernel"]!;
  const bytes = npy(kernel, "float16");
  expect(new TextDecoder().decode(bytes.subarray(10, 128))).toContain("'<f2'");
  expect(new Uint16Array(bytes.slice(-2 * kernel.data.length).buffer)).toEqual(toFloat16(kernel.data));
});

test("a .safetensors file has its header's length, a header of offsets, then the values in turn", () => {
  const bytes = safetensors(parameters, { seed: "3" });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  expect(header.__metadata__).toEqual({ seed: "3" });
  expect(Object.keys(header).slice(1)).toEqual(Object.keys(parameters));
  for (const [path, { shape, data }] of Object.entries(parameters)) {
    const { dtype, shape: written, data_offsets: offsets } = header[path];
    expect([dtype, written]).toEqual(["F32", shape]);
    const part = bytes.slice(8 + length + offsets[0], 8 + length + offsets[1]);
    expect([...new Float32Array(part.buffer)]).toEqual([...data]);
  }
});

test("PyTorch's names keep the axes, Keras' turn them", () => {
  expect(Object.keys(inLayout(parameters, "pytorch"))).toEqual([
    "dense1.weight",
    "dense1.bias",
    "dense2.weight",
    "dense2.bias",
  ]);
  const { shape, data } = inLayout(parameters, "keras")["dense1/kernel"]!;
  expect(shape).toEqual([3, 5]);
  expect(data[1]).toBe(parameters["dense1/kernel"]!.data[3]);
});

test("convolutions and norms take other libraries' names and axes", () => {
  const drawn = initialize(sequential([conv(3, { kernel: [1, 2] }), batchNorm()], { input: [2, 1, 4] }), {
    initialization: "he",
  });
  const kernel = drawn["conv1/kernel"]!;
  const keras = inLayout(drawn, "keras")["conv1/kernel"]!;
  expect(keras.shape).toEqual([1, 2, 2, 3]);
  // [o][i][0][k] of ours at [0][k][i][o] of theirs.
  for (let o = 0; o < 3; o++) {
    for (let i = 0; i < 2; i++) {
      for (let k = 0; k < 2; k++) {
        expect(keras.data[(k * 2 + i) * 3 + o]).toBe(kernel.data[(o * 2 + i) * 2 + k]);
      }
    }
  }
  expect(Object.keys(inLayout(drawn, "pytorch"))).toEqual([
    "conv1.weight",
    "conv1.bias",
    "batchNorm1.weight",
    "batchNorm1.bias",
  ]);
});
