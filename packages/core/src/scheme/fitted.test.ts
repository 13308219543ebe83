import { describe, expect, test } from "vitest";
import { sizeOf } from "../base/index.ts";
import { singularValues } from "../math/index.ts";
import { cnn, conv, type Model, mlp, resNet, sequential, transformer } from "../model/index.ts";
import { initialize, parameterStarts } from "./index.ts";

const packed = transformer({
  blocks: 1,
  width: 24,
  heads: 3,
  packed: true,
  input: { tokens: 9, length: 5 },
});
const grouped = sequential(
  [
    conv(32, { kernel: 3, padding: 1, groups: 4 }),
    conv(64, { kernel: 3, padding: 1, groups: 32 }),
    conv(8, { kernel: 1 }),
  ],
  { input: [16, 8, 8] },
);

const start = (model: Model, initialization: string, path: string) =>
  parameterStarts(model, initialization).find(({ slot }) => slot.path === path)!;
const stdOf = (model: Model, initialization: string, path: string): number => {
  const { slot, initializer } = start(model, initialization, path);
  return initializer.std(slot.shape, slot.fans)!;
};

/** All singular values of each matrix that lies in a parameter. */
const valuesOf = (model: Model, initialization: string, path: string, generator = "stepzero") => {
  const { shape, data } = initialize(model, { initialization, seed: 2, generator: generator as "stepzero" })[
    path
  ]!;
  const { parts = 1 } = start(model, initialization, path).slot;
  const [rows, cols] = [shape[0]! / parts, sizeOf(shape.slice(1))];
  return Array.from({ length: parts }, (_, part) => [
    ...singularValues(data.slice(part * rows * cols, (part + 1) * rows * cols), rows, cols),
  ]);
};

describe("fans come from the layer", () => {
  test.each([
    ["he", "conv1/kernel", Math.sqrt(2 / (4 * 9))],
    ["he", "conv2/kernel", Math.sqrt(2 / 9)],
    ["glorot", "conv1/kernel", Math.sqrt(2 / (4 * 9 + 8 * 9))],
    ["glorot", "conv2/kernel", Math.sqrt(2 / (9 + 2 * 9))],
    ["lecun", "conv3/kernel", 1 / 8],
    ["orthogonal", "conv1/kernel", 1 / 6],
    ["orthogonal", "conv2/kernel", 1 / 3],
  ])("%s gives %s of grouped convolutions the standard deviation %f", (name, path, std) => {
    expect(stdOf(grouped, name, path)).toBeCloseTo(std, 12);
  });

  test("a packed tensor has those of one projection", () => {
    const path = "residual1/branch/attention1/queryKeyValue/kernel";
    expect(stdOf(packed, "glorot", path)).toBeCloseTo(Math.sqrt(2 / 48), 12);
    expect(stdOf(packed, "orthogonal", path)).toBeCloseTo(1 / Math.sqrt(24), 12);
  });
});

describe("matrices that lie in one tensor are orthogonal each on its own", () => {
  test.each(["stepzero", "numpy", "pytorch", "jax", "tensorflow"])("drawn by %s", (generator) => {
    const path = "residual1/branch/attention1/queryKeyValue/kernel";
    const parts = valuesOf(packed, "orthogonal", path, generator);
    expect(parts).toHaveLength(3);
    for (const one of parts.flat()) expect(one).toBeCloseTo(1, 5);
    const { data } = initialize(packed, { initialization: "orthogonal", generator: generator as "numpy" })[
      path
    ]!;
    const [query, key] = [data.slice(0, 576), data.slice(576, 1152)];
    expect(query.some((value, i) => Math.abs(value - key[i]!) > 0.01)).toBe(true);
  });

  test("a depthwise convolution's filters have length 1 each", () => {
    const parts = valuesOf(grouped, "orthogonal", "conv2/kernel");
    expect(parts).toHaveLength(32);
    for (const one of parts.flat()) expect(one).toBeCloseTo(1, 5);
  });
});

describe("what does not fit", () => {
  test("deltaOrthogonal is of convolutions that do not narrow; others are orthogonal, and say so", () => {
    const model = resNet({ depth: 8, width: 4, input: [3, 8, 8] });
    const initialization = "deltaOrthogonal";
    expect(start(model, initialization, "residual1/branch/conv1/kernel").initializer.name).toBe(
      "deltaOrthogonal",
    );
    const dense = start(model, initialization, "dense1/kernel");
    expect(dense.initializer.name).toBe("orthogonal");
    expect(dense.reason).toBe(
      "deltaOrthogonal needs a convolution, outputs ≥ inputs: orthogonal in its place",
    );
  });

  test("identity is dirac in a convolution, dirac is identity in a dense layer", () => {
    const model = cnn({ input: [2, 8, 8], channels: [4], outputs: 3 });
    for (const name of ["identity", "dirac"]) {
      expect(start(model, name, "conv1/kernel").initializer.name).toBe("dirac");
      expect(start(model, name, "dense1/kernel").initializer.name).toBe("identity");
    }
  });

  test("dirac hands on each group's own inputs", () => {
    const { data } = initialize(grouped, { initialization: "dirac" })["conv1/kernel"]!;
    const centre = (out: number, input: number): number => data[(out * 4 + input) * 9 + 4]!;
    for (let out = 0; out < 32; out++) {
      for (let input = 0; input < 4; input++) expect(centre(out, input)).toBe(out % 8 === input ? 1 : 0);
    }
  });

  test.each([
    ["dirac", mlp([3, 4, 2]), /dense1\/kernel: dirac does not fit it: .*\n.*identity for a dense layer/],
    ["sparse", cnn({ input: [2, 8, 8] }), /conv1\/kernel: sparse does not fit it[\s\S]*initializeAt/],
    ["looksLinear", mlp([3, 4, 2]), /dense1\/kernel: looksLinear does not fit it: expected an even number/],
    ["lstmForget", mlp([3, 4, 2]), /dense1\/kernel: lstmForget does not fit it/],
  ])("%s is refused with path and what to do", (name, model, message) => {
    expect(() => initialize(model, { initialization: name })).toThrow(message);
  });
});

test("tables: schemes by fans give rows of length 1, those that ask for no fans give their own", () => {
  for (const name of ["he", "glorot", "orthogonal", "identity"]) {
    for (const path of ["embedding1/embedding", "positionEmbedding1/embedding"]) {
      expect(stdOf(packed, name, path)).toBeCloseTo(1 / Math.sqrt(24), 12);
      expect(start(packed, name, path).reason).toContain("looked up");
    }
  }
  expect(stdOf(packed, "random:0.3", "embedding1/embedding")).toBe(0.3);
});

test("tables of JAX are in the order of the library: rows first, as they lie", () => {
  const rows = (tokens: number): number[] => {
    const model = transformer({ blocks: 1, width: 24, heads: 3, input: { tokens, length: 5 } });
    return [
      ...initialize(model, { initialization: "random:1", generator: "jax" })["embedding1/embedding"]!.data,
    ];
  };
  expect(rows(9).slice(0, 72)).toEqual(rows(3));
});
