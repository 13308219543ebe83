import { initialize, mlp, toFloat16 } from "@stepzero/core";
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
