import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { npy } from "../tensors/npy.ts";
import { safetensors } from "../tensors/safetensors.ts";
import { memorySource, readWeights, type StoredTensor } from "./index.ts";

const all = async (tensor: StoredTensor): Promise<number[]> => {
  const values: number[] = [];
  for await (const part of tensor.values()) values.push(...part);
  return values;
};
const read = (name: string, bytes: Uint8Array, beside: Record<string, Uint8Array> = {}) =>
  readWeights(memorySource(name, bytes, beside));
const tensors = {
  "layer10.weight": { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  "layer9.weight": { shape: [3], data: Float32Array.of(-1, 0, 0.5) },
};
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A safetensors file of any header and data. */
const withHeader = (header: unknown, data: number): Uint8Array => {
  const json = text(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
};

test("safetensors are read by names in natural order, with the place of their values", async () => {
  const bytes = safetensors(tensors);
  const file = await read("a.safetensors", bytes);
  expect(file.format).toBe("safetensors");
  expect(file.tensors.map(({ name }) => name)).toEqual(["layer9.weight", "layer10.weight"]);
  const [small, large] = file.tensors;
  expect(await all(large!)).toEqual([1, 2, 3, 4, 5, 6]);
  expect([large!.shape, large!.dtype, large!.type]).toEqual([[2, 3], "F32", "float32"]);
  const { offset, length } = small!.place!;
  expect([...new Float32Array(bytes.slice(offset, offset + length).buffer)]).toEqual([-1, 0, 0.5]);
});

test("a blob is read as bytes are", async () => {
  const bytes = safetensors(tensors);
  const file = await readWeights(memorySource("a.safetensors", new Blob([bytes.slice()])));
  expect(await all(file.tensors[0]!)).toEqual([-1, 0, 0.5]);
});

test("shards are read through their index; one that is missing or lies elsewhere is refused", async () => {
  const [a, b] = [{ w1: tensors["layer9.weight"] }, { w2: tensors["layer10.weight"] }].map((one) =>
    safetensors(one),
  );
  const index = (map: Record<string, string>) => text(JSON.stringify({ metadata: {}, weight_map: map }));
  const map = { w1: "m-1.safetensors", w2: "m-2.safetensors" };
  const beside = { "m-1.safetensors": a!, "m-2.safetensors": b! };
  const file = await read("m.safetensors.index.json", index(map), beside);
  expect(file.tensors.map(({ name, place }) => [name, place?.file.name])).toEqual(Object.entries(map));
  await expect(read("m.json", index(map), { "m-1.safetensors": a! })).rejects.toThrow(
    'm.json: expected the shard "m-2.safetensors" beside it, and there is no such file.',
  );
  for (const outside of ["../m-2.safetensors", "/m-2.safetensors", "a\\..\\m", "C:m", "x/../../m", "."]) {
    await expect(read("m.json", index({ w2: outside }), beside)).rejects.toThrow("which leaves the folder");
  }
  await expect(read("m.json", index({ ...map, w3: "m-1.safetensors" }), beside)).rejects.toThrow(
    '"w3": expected this tensor',
  );
});

const entry = (from: number, to: number, more: object = {}) => ({
  dtype: "F32",
  shape: [(to - from) / 4],
  data_offsets: [from, to],
  ...more,
});

test.each<[string, Uint8Array, string]>([
  ["empty", new Uint8Array(0), "got an empty file"],
  ["five bytes", new Uint8Array(5), "expected 8 bytes with the header's length, got 5"],
  ["2⁶⁰", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 16, 123, 125), "got one of 1152921504606846976"],
  [
    "header longer than the file",
    Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0, 123),
    "expected a header of 99 bytes, got 1",
  ],
  ["no JSON", withHeader("{nonsense", 0), "is not JSON"],
  ["no UTF-8", withHeader('{"a": 1}', 0).fill(0xff, 10, 11), "not UTF-8"],
  ["a list", withHeader("{}", 0).fill(0x20, 8), "is not JSON"],
  ["deep", withHeader(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`, 0), "at most 100 deep"],
  ["no tensors", withHeader({}, 0), "expected at least one tensor"],
  ["overlap", withHeader({ a: entry(0, 8), b: entry(4, 12) }, 12), "they overlap"],
  ["hole", withHeader({ a: entry(0, 8), b: entry(12, 16) }, 16), "got 4 bytes that belong to none"],
  ["trailing", withHeader({ a: entry(0, 8) }, 12), "got 4 bytes more"],
  ["cut off", withHeader({ a: entry(0, 8) }, 4), "may be cut off"],
  ["wrong size", withHeader({ a: entry(0, 8, { shape: [3] }) }, 8), "expected 12 bytes for F32 [3], got 8"],
  ["huge shape", withHeader({ a: entry(0, 8, { shape: [2 ** 30, 2 ** 30] }) }, 8), "expected a shape"],
  ["negative shape", withHeader({ a: entry(0, 8, { shape: [-1, -2] }) }, 8), "expected its shape"],
  ["unknown type", withHeader({ a: entry(0, 8, { dtype: "toString" }) }, 8), 'got "toString"'],
  ["quantized type", withHeader({ a: entry(0, 8, { dtype: "F4" }) }, 8), "is quantized"],
  ["backward offsets", withHeader({ a: entry(0, 8, { data_offsets: [8, 0] }) }, 8), "expected data_offsets"],
  ["a web page", text("<!DOCTYPE html><html>"), "got a web page"],
  ["a pointer of Git LFS", text("version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"],
])("a broken file is refused with its name and what was expected: %s", async (_what, bytes, message) => {
  await expect(read("folder/a.safetensors", bytes)).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining(message),
  });
  await expect(read("folder/a.safetensors", bytes)).rejects.toThrow("folder/a.safetensors: ");
});

test("a header's length that looks like another format's first bytes changes nothing", async () => {
  for (const length of [0x7b, 0x80, 0x280, 0x480, 0x0508, 0x1008]) {
    const json = JSON.stringify({ w: entry(0, 8) }).padEnd(length);
    const { format } = await read("model", withHeader(json, 8));
    expect(format).toBe("safetensors");
  }
});

test.each<[string, Record<string, unknown>]>([
  ["layer.qweight", { "layer.qweight": entry(0, 8, { dtype: "I32" }), "layer.scales": entry(8, 12) }],
  ["w.weight", { "w.weight": entry(0, 8, { dtype: "I8", shape: [2, 4] }) }],
  [
    "w.weight",
    { "w.weight": entry(0, 8, { dtype: "F8_E4M3", shape: [2, 4] }), "w.weight_scale_inv": entry(8, 12) },
  ],
  [
    "w.weight.absmax",
    { "w.weight.absmax": entry(0, 8), "w.weight": entry(8, 12, { dtype: "U8", shape: [4] }) },
  ],
])("quantized weights are refused by name: %s", async (name, header) => {
  const size = "layer.scales" in header || Object.keys(header).length > 1 ? 12 : 8;
  await expect(read("q.safetensors", withHeader(header, size))).rejects.toThrow(
    `q.safetensors: "${name}": is quantized`,
  );
});

test("arrays of NumPy are read, several in a zip file too, packed or not", async () => {
  const array = npy({ shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
  const one = await read("x/w.npy", array);
  expect(one.tensors.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([["w", [2, 3], "<f8"]]);
  for (const level of [0, 6] as const) {
    const zip = zipSync(
      { "b/kernel.npy": array, "a.npy": npy({ shape: [], data: Float32Array.of(7) }) },
      { level },
    );
    const { tensors: found, format } = await read("w.npz", zip);
    expect(format).toBe("npz");
    expect(found.map(({ name }) => name)).toEqual(["a", "b/kernel"]);
    expect(await all(found[1]!)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(found[1]!.place === null).toBe(level === 6);
    if (level === 0) {
      const { offset, length, checksum } = found[1]!.place!;
      expect([...new Float64Array(zip.slice(offset, offset + length).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
      const sums = checksum!.at.map((at) => new DataView(zip.buffer).getUint32(at, true));
      expect(sums[0]).toBe(sums[1]);
    }
  }
});

test("an array whose first axis varies fastest comes out row-major", async () => {
  const plain = npy({ shape: [2, 3], data: Float32Array.of(1, 4, 2, 5, 3, 6) });
  const bytes = text(new TextDecoder("latin1").decode(plain.subarray(10, 128)).replace("False", "True "));
  plain.set(bytes.subarray(0, 118), 10);
  for (const file of [plain, zipSync({ "w.npy": plain }, { level: 6 })]) {
    const [tensor] = (await read(file === plain ? "w.npy" : "w.npz", file)).tensors;
    expect(await all(tensor!)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(tensor!.place?.columnMajor ?? null).toBe(file === plain ? true : null);
  }
});

test("a zip file that would unpack to far more than it is, or is damaged, is refused", async () => {
  const zeros = new Uint8Array(4_000_000);
  const sound = zipSync(
    { "w.npy": npy({ shape: [1000], data: new Float32Array(1000).fill(3) }) },
    { level: 9 },
  );
  const bomb = zipSync({ "w.npy": zeros }, { level: 9 });
  const at = bomb.length - 22 - 46 - "w.npy".length;
  new DataView(bomb.buffer).setUint32(at + 24, 0xfffffff0, true);
  await expect(read("bomb.npz", bomb)).rejects.toThrow("may be a zip bomb");
  new DataView(bomb.buffer).setUint32(at + 24, 1000, true);
  await expect(read("bomb.npz", bomb)).rejects.toThrow("w.npy");
  const damaged = sound.slice();
  damaged[60]! ^= 255;
  const file = await read("d.npz", damaged).catch((error: unknown) => error as Error);
  await expect(file instanceof Error ? Promise.reject(file) : all(file.tensors[0]!)).rejects.toMatchObject({
    name: "InputError",
  });
});
