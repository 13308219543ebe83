import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { memorySource, readWeights } from "../index.ts";

const latin = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const global = (module: string, name: string): number[] => latin(`c${module}\n${name}\n`);
const word = (text: string): number[] => [0x8c, text.length, ...latin(text)];
const int = (value: number): number[] => [
  0x4a,
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  value >>> 24,
];

/** A tensor of `shape` in storage "0", as torch.save pickles it. */
const tensor = (shape: number[], strides: number[], count = 6): number[] => [
  ...[...global("torch._utils", "_rebuild_tensor_v2"), 0x28],
  ...[
    0x28,
    ...word("storage"),
    ...global("torch", "FloatStorage"),
    ...word("0"),
    ...word("cpu"),
    ...int(count),
    0x74,
    0x51,
  ],
  ...[
    ...int(0),
    0x28,
    ...shape.flatMap(int),
    0x74,
    0x28,
    ...strides.flatMap(int),
    0x74,
    0x89,
    0x7d,
    0x74,
    0x52,
  ],
];
const values = Float32Array.of(1, 2, 3, 4, 5, 6);
const read = (pickle: number[], storage: Uint8Array = new Uint8Array(values.buffer)) => {
  const zip = zipSync(
    { "m/data.pkl": Uint8Array.from([0x80, 2, ...pickle, 0x2e]), "m/data/0": storage },
    { level: 0 },
  );
  return readWeights(memorySource("m.pt", zip));
};
const dict = (...items: number[][]): number[] => [0x7d, 0x28, ...items.flat(), 0x75];

test("foreign globals are named and never run; the tensors beside them are read", async () => {
  const evil = [...global("os", "system"), ...word("touch /tmp/stepzero-was-here"), 0x85, 0x52];
  const built = [
    ...global("__main__", "Net"),
    0x29,
    0x81,
    ...dict([...word("w"), ...tensor([2, 3], [3, 1])]),
    0x62,
  ];
  const file = await read(dict([...word("evil"), ...evil], [...word("n"), ...built]));
  expect(file.tensors.map(({ name }) => name)).toEqual(["n.w"]);
  expect(file.notes).toEqual([
    "The pickle names functions or classes that are not read, and were not run: __main__.Net, os.system.",
  ]);
});

test("containers in containers a billion times over are entered once", async () => {
  const layers: number[] = [0x5d, 0x71, 0, 0x30];
  for (let i = 1; i < 60; i++)
    layers.push(0x5d, 0x71, i, 0x28, ...Array.from({ length: 10 }, () => [0x68, i - 1]).flat(), 0x65, 0x30);
  const file = await read(dict([...word("a"), ...layers, 0x68, 59], [...word("w"), ...tensor([6], [1])]));
  expect(file.tensors.map(({ name }) => name)).toEqual(["w"]);
});

test.each<[string, number[], string]>([
  ["cut off", [0x28], "on the pickle's stack"],
  ["no instruction", [0xff], "expected an instruction of a pickle, got byte 255"],
  ["a memo that is empty", [0x68, 9], "entry 9 of the pickle's memo"],
  ["a mark that is missing", [0x74], "expected a mark"],
  ["a text beyond the end", [0x58, 255, 255, 255, 127], "expected 2147483647 more bytes"],
  ["eight bytes of length", [0x8e, 255, 255, 255, 255, 255, 255, 255, 255], "expected a count or length"],
  ["no tensors", [0x7d], "expected at least one tensor"],
  ["a shape beyond the storage", dict([...word("w"), ...tensor([7], [1])]), "expected 28 bytes in storage 0"],
  ["strides beyond the storage", dict([...word("w"), ...tensor([2, 3], [9, 1])]), "bytes in storage 0"],
  [
    "one value a billion times",
    dict([...word("w"), ...tensor([100_000, 100_000], [0, 0])]),
    "its storage holds",
  ],
  ["negative strides", dict([...word("w"), ...tensor([2], [-1])]), "as counts"],
  [
    "a quantized tensor",
    [...global("torch._utils", "_rebuild_qtensor"), 0x29, 0x52],
    "holds quantized tensors",
  ],
  ["a persistent id that is none", [...word("x"), 0x51], "expected the storage of a tensor"],
])("a pickle that is wrong is refused: %s", async (_what, pickle, message) => {
  const refusal = read(pickle);
  await expect(refusal).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining(message),
  });
  await expect(refusal).rejects.toThrow(/^m\.pt/);
});

test("a pickle that is not torch.save's is refused and not run", async () => {
  const pickle = Uint8Array.from([
    0x80,
    4,
    0x95,
    9,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ...global("os", "getcwd"),
    0x29,
    0x52,
    0x2e,
  ]);
  await expect(readWeights(memorySource("a.pkl", pickle))).rejects.toThrow(
    "got another pickle, which is not run",
  );
});
