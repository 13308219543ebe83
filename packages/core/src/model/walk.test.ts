import { expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import {
  activate,
  attention,
  batchNorm,
  cnn,
  conv,
  dense,
  embedding,
  flatten,
  gated,
  groupNorm,
  type Layer,
  layerNorm,
  type Model,
  mlp,
  parameterCount,
  placedLayers,
  pool,
  positionEmbedding,
  residual,
  resNet,
  scale,
  sequential,
  shift,
  transformer,
  unembed,
} from "./index.ts";

const pathsOf = (model: Model) => placedLayers(model).map(({ path }) => path);
const slotsOf = (model: Model) =>
  Object.fromEntries(
    placedLayers(model).flatMap(({ parameters }) => parameters.map((one) => [one.path, one])),
  );

test("paths count each kind within its list, and a name stands in place of that", () => {
  const model = sequential(
    [
      conv(4, { padding: 1, name: "stem" }),
      residual([batchNorm(), activate("relu"), conv(4, { padding: 1 })], {
        shortcut: [conv(4, { kernel: 1 })],
      }),
      conv(6),
      flatten(),
      dense(3),
    ],
    { input: [2, 5, 7] },
  );
  expect(pathsOf(model)).toEqual([
    "stem",
    "residual1",
    "residual1/branch/batchNorm1",
    "residual1/branch/activate1",
    "residual1/branch/conv1",
    "residual1/shortcut/conv1",
    "conv1",
    "flatten1",
    "dense1",
  ]);
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
});

const pair = [5, 7] as const;
const square: readonly [Layer, readonly number[], number][] = [
  [conv(6), [6, 3, 5], 6 * 4 * 9 + 6],
  [conv(6, { kernel: [1, 3], stride: [2, 1], bias: false }), [6, 3, 5], 6 * 4 * 3],
  [conv(6, { padding: "same", stride: 2 }), [6, 3, 4], 6 * 4 * 9 + 6],
  [conv(8, { groups: 4, padding: 1 }), [8, 5, 7], 8 * 9 + 8],
  [conv(6, { dilation: 2 }), [6, 1, 3], 6 * 4 * 9 + 6],
  [pool("max"), [4, 2, 3], 0],
  [pool("average", { size: 3, stride: 2, padding: 1 }), [4, 3, 4], 0],
  [pool("global"), [4], 0],
  [flatten(), [140], 0],
  [batchNorm(), [4, 5, 7], 8],
  [groupNorm(2), [4, 5, 7], 8],
  [layerNorm(), [4, 5, 7], 8],
  [scale(), [4, 5, 7], 1],
  [shift({ per: "feature" }), [4, 5, 7], 4],
  [dense(3), [3, 5, 7], 15],
  [gated([dense(3)], [dense(3, { activation: "silu" })]), [3, 5, 7], 30],
];

test.each(square)("%o on 4 × 5 × 7 gives %o with %i parameters", (layer, output, parameters) => {
  const model = sequential([layer], { input: [4, ...pair] });
  const { features, positions } = placedLayers(model)[0]!.output;
  expect([features, ...positions]).toEqual(output);
  expect(parameterCount(model)).toBe(parameters);
});

test("products are counted as loops would do them", () => {
  const [first, second] = placedLayers(
    sequential([conv(6, { groups: 2, stride: 2 }), flatten(), dense(3)], { input: [4, ...pair] }),
  );
  // 6 outputs of 2 · 9 products at 2 × 3 positions.
  expect([first!.multiplyAdds, second!.multiplyAdds]).toEqual([6 * 18 * 6, 0]);
  const [, , one] = placedLayers(
    transformer({ blocks: 1, width: 8, heads: 2, input: { tokens: 5, length: 3 } }),
  );
  expect(one!.path).toBe("residual1");
  const own = placedLayers(
    transformer({ blocks: 1, width: 8, heads: 2, input: { tokens: 5, length: 3 } }),
  ).find(({ layer }) => layer.kind === "attention")!;
  expect(own.multiplyAdds).toBe(4 * 8 * 8 * 3 + 2 * 8 * 3 * 3);
});

test("numbers of parameters are those that are published", () => {
  // ResNet-20 of He et al. has 0.27 million; its shortcuts here are convolutions.
  const shortcuts = 16 * 32 + 64 + 32 * 64 + 128;
  expect(parameterCount(resNet({ depth: 20 }))).toBe(269_722 + 2 * 0 + shortcuts);
  // GPT-2 small: 124,439,808 with its tied head.
  const small = transformer({
    blocks: 12,
    width: 768,
    heads: 12,
    input: { tokens: 50_257, length: 1024 },
    tied: true,
    packed: true,
  });
  expect(parameterCount(small)).toBe(124_439_808);
});

test("each parameter knows its role, fans and place", () => {
  const slots = slotsOf(resNet({ depth: 14, input: [1, 8, 8] }));
  expect(slots["conv1/kernel"]!.place).toMatchObject({
    activation: "relu",
    before: null,
    first: true,
    output: false,
    normalized: true,
    block: null,
  });
  const last = slots["residual3/branch/conv2/kernel"]!;
  expect(last.fans).toEqual({ fanIn: 32 * 9, fanOut: 32 * 9 });
  expect(last.place).toMatchObject({
    activation: "relu",
    before: "relu",
    block: { path: "residual3", index: 2, count: 6, shortcut: false, layer: 1, layers: 2, last: true },
  });
  expect(slots["residual3/shortcut/conv1/kernel"]!.place.block).toMatchObject({ shortcut: true, layers: 1 });
  expect(slots["residual3/branch/batchNorm1/scale"]!.place.block!.last).toBe(false);
  expect(slots["residual3/branch/batchNorm2/scale"]!.place.block!.last).toBe(true);
  expect(slots["dense1/kernel"]!.place).toMatchObject({ output: true, before: "relu", activation: null });
});

test("attention's projection is the last of its branch, and what reads tokens is first", () => {
  const slots = slotsOf(
    transformer({ blocks: 2, gated: true, input: { tokens: 7, length: 4 }, packed: true }),
  );
  expect(slots["embedding1/embedding"]!).toMatchObject({
    role: "embedding",
    shape: [7, 32],
    place: { first: true },
  });
  const packed = slots["residual1/branch/attention1/queryKeyValue/kernel"]!;
  expect(packed).toMatchObject({ shape: [96, 32], fans: { fanIn: 32, fanOut: 32 } });
  expect(packed.place).toMatchObject({ block: { layer: 0, last: false }, output: false });
  const projection = slots["residual1/branch/attention1/projection/kernel"]!;
  expect(projection.place).toMatchObject({ block: { layer: 1, layers: 2, last: true, count: 4 } });
  expect(slots["residual2/branch/gated1/gate/dense1/kernel"]!.place).toMatchObject({
    activation: "gelu",
    block: { layer: 0, last: false },
  });
  expect(slots["residual2/branch/dense1/kernel"]!.place.block!.last).toBe(true);
  expect(slots["unembed1/kernel"]!.place).toMatchObject({ output: true, activation: null });
});

test("a dense network is as it was: paths, fans, the activation after each layer", () => {
  const slots = slotsOf(mlp([2, 10, 5, 1], { activation: "tanh" }));
  expect(Object.keys(slots)).toEqual([1, 2, 3].flatMap((n) => [`dense${n}/kernel`, `dense${n}/bias`]));
  expect(slots["dense2/kernel"]).toMatchObject({ shape: [5, 10], fans: { fanIn: 10, fanOut: 5 } });
  expect(slots["dense3/kernel"]!.place).toMatchObject({ before: "tanh", activation: null, output: true });
});

test("adding a layer of another kind, or appending one, changes no path", () => {
  const before = sequential([conv(4), conv(4), flatten(), dense(3)], { input: [1, 9, 9] });
  const after = sequential([conv(4), batchNorm(), conv(4), pool("max"), flatten(), dense(3), dense(2)], {
    input: [1, 9, 9],
  });
  expect(pathsOf(after)).toEqual(expect.arrayContaining(pathsOf(before)));
});

const refused: readonly [string, () => unknown, string][] = [
  [
    "a branch that does not fit",
    () => sequential([dense(4), residual([dense(5)])], { input: 3 }),
    "residual1: expected a branch whose output fits the shortcut's, 4, got 5",
  ],
  [
    "heads that do not divide",
    () => sequential([residual([attention(3)])], { input: [8, 4] }),
    "residual1/branch/attention1: expected a width that 3 heads divide, got 8",
  ],
  [
    "a window too large",
    () => sequential([conv(2)], { input: [1, 2, 9] }),
    "conv1: expected at least 3 positions",
  ],
  [
    "a negative stride",
    () => conv(2, { stride: -1 }),
    "conv: expected the stride to be an integer ≥ 1, got -1",
  ],
  [
    "a kind that is not known",
    () => sequential([{ kind: "convv" } as never], { input: 2 }),
    'kind of layer "convv"',
  ],
  ["an option that is not known", () => conv(2, { strides: 2 } as never), 'conv: unknown option "strides"'],
  [
    "a tie to nothing",
    () => sequential([unembed({ tiedTo: "embedding1" })], { input: [4, 3] }),
    "unembed1: expected tiedTo",
  ],
  [
    "a tie to what is not there",
    () => sequential([embedding(4), unembed({ tiedTo: "embedding2" })], { input: { tokens: 5, length: 3 } }),
    "The embedding before it: embedding1.",
  ],
  [
    "numbers for an embedding",
    () => sequential([embedding(4)], { input: 5 }),
    "embedding1: expected tokens, got 5",
  ],
  [
    "tokens for a convolution",
    () => sequential([conv(4)], { input: { tokens: 5, length: 3 } }),
    "conv1: expected numbers",
  ],
  [
    "a convolution without positions",
    () => sequential([conv(4)], { input: 5 }),
    "conv1: expected an input of channels",
  ],
  [
    "two layers of one name",
    () => sequential([dense(4, { name: "a" }), dense(4, { name: "a" })], { input: 5 }),
    "got this one twice",
  ],
  [
    "groups that do not divide",
    () => sequential([conv(4, { groups: 2 })], { input: [3, 9] }),
    "2 groups divide, got 3 channels",
  ],
  ["a depth that is none", () => resNet({ depth: 9 }), "resNet: expected a depth of 6n + 2, got 9"],
  [
    "positions on features",
    () => sequential([positionEmbedding()], { input: 5 }),
    "positionEmbedding1: expected an input of features × length",
  ],
  ["an image for a network of tables", () => cnn({ input: 64 }), "cnn: expected an input of channels"],
  [
    "a shape that is none",
    () => sequential([dense(1)], { input: [1, 2, 3, 4] }),
    "expected the input to be a shape",
  ],
];

test.each(refused)("refuses %s, by path and reason", (_, make, message) => {
  expect(make).toThrow(InputError);
  expect(make).toThrow(message);
});
