import { expect, test } from "vitest";
import { safetensors } from "../../tensors/safetensors.ts";
import { memorySource, readWeights, type StoredLayer } from "../index.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

const read = async (shapes: Shapes, config?: object) => {
  const tensors = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(shape.reduce((product, axis) => product * axis, 1)) },
    ]),
  );
  const beside =
    config === undefined ? {} : { "config.json": new TextEncoder().encode(JSON.stringify(config)) };
  return (await readWeights(memorySource("m.safetensors", safetensors(tensors), beside))).architecture;
};
const at = (layers: readonly StoredLayer[], path: string): StoredLayer => {
  const found = layers.find((layer) => layer.path === path);
  if (found === undefined)
    throw new Error(`${path} is not among ${layers.map((one) => one.path).join(", ")}`);
  return found;
};
const fansOf = (layer: StoredLayer) => layer.parameters.find(({ role }) => role === "kernel")?.fans;

test("GPT-2's Conv1D is [in, out]: by the bias where it tells, else by the family", async () => {
  const h = "transformer.h.0";
  const { layers, conventions } = await read(
    {
      "transformer.wte.weight": [50, 8],
      "transformer.wpe.weight": [16, 8],
      [`${h}.ln_1.weight`]: [8],
      [`${h}.ln_1.bias`]: [8],
      [`${h}.attn.c_attn.weight`]: [8, 24],
      [`${h}.attn.c_attn.bias`]: [24],
      [`${h}.attn.c_proj.weight`]: [8, 8],
      [`${h}.attn.c_proj.bias`]: [8],
      [`${h}.mlp.c_fc.weight`]: [8, 32],
      [`${h}.mlp.c_fc.bias`]: [32],
      [`${h}.mlp.c_proj.weight`]: [32, 8],
      [`${h}.mlp.c_proj.bias`]: [8],
      "transformer.ln_f.weight": [8],
      "transformer.ln_f.bias": [8],
    },
    { model_type: "gpt2", n_embd: 8, n_layer: 1, n_head: 2, vocab_size: 50, initializer_range: 0.02 },
  );
  expect(layers.map(({ path }) => path.replace("transformer.", ""))).toEqual([
    ...[
      "wte",
      "wpe",
      "h.0.ln_1",
      "h.0.attn.c_attn",
      "h.0.attn.c_proj",
      "h.0.mlp.c_fc",
      "h.0.mlp.c_proj",
      "ln_f",
    ],
  ]);
  const [attn, proj] = [at(layers, `${h}.attn.c_attn`), at(layers, `${h}.attn.c_proj`)];
  expect(attn.parameters.find(({ role }) => role === "kernel")).toMatchObject({
    outAxis: 1,
    axesFrom: "bias",
    fans: { fanIn: 8, fanOut: 8 },
  });
  expect(attn.parameters[0]!.parts.map(({ name, start }) => [name, start])).toEqual([
    ["query", 0],
    ["key", 8],
    ["value", 16],
  ]);
  expect(proj.parameters.find(({ role }) => role === "kernel")).toMatchObject({
    outAxis: 1,
    axesFrom: "family",
  });
  expect(proj.residualLast).toBe(true);
  expect(at(layers, `${h}.mlp.c_fc`).activation).toBe("geluTanh");
  expect(fansOf(at(layers, `${h}.mlp.c_proj`))).toEqual({ fanIn: 32, fanOut: 8 });
  expect(layers.filter(({ head }) => head)).toEqual([]);
  expect(conventions).toMatchObject({
    model: "gpt2",
    tied: true,
    residualScaled: true,
    headSize: 4,
    initializerStd: 0.02,
  });
});

test("Llama's projections, gates, blocks and head are told by their names", async () => {
  const h = "model.layers.10";
  const { layers, saidBy } = await read({
    "model.embed_tokens.weight": [30, 8],
    "model.layers.9.input_layernorm.weight": [8],
    [`${h}.self_attn.q_proj.weight`]: [8, 8],
    [`${h}.self_attn.k_proj.weight`]: [4, 8],
    [`${h}.self_attn.o_proj.weight`]: [8, 8],
    [`${h}.mlp.gate_proj.weight`]: [20, 8],
    [`${h}.mlp.up_proj.weight`]: [20, 8],
    [`${h}.mlp.down_proj.weight`]: [8, 20],
    "model.norm.weight": [8],
    "lm_head.weight": [30, 8],
  });
  expect(saidBy).toBe("names");
  const purposes = layers.filter(({ purpose }) => purpose !== null).map(({ purpose }) => purpose);
  expect(purposes).toEqual(["query", "key", "projection", "gate", "expand", "contract"]);
  expect(at(layers, `${h}.mlp.down_proj`).block).toEqual({
    path: h,
    stack: "model.layers",
    index: 10,
    of: 2,
  });
  expect(at(layers, "model.norm").kind).toBe("norm");
  expect(at(layers, "model.embed_tokens")).toMatchObject({ kind: "embedding", first: true });
  expect(layers.filter(({ head }) => head).map(({ path }) => path)).toEqual(["lm_head"]);
});

test("what T5 and Gemma do in code is told from their configurations", async () => {
  const shapes = { "shared.weight": [10, 16] };
  const t5 = await read(shapes, {
    model_type: "t5",
    d_model: 16,
    d_kv: 8,
    num_heads: 2,
    feed_forward_proj: "relu",
  });
  expect(t5.conventions).toMatchObject({
    attentionScaled: false,
    logitFactor: 0.25,
    activation: "relu",
    norm: "rmsNorm",
    headSize: 8,
  });
  const gemma = await read(shapes, {
    model_type: "gemma",
    hidden_size: 16,
    num_attention_heads: 2,
    head_dim: 32,
  });
  expect(gemma.conventions).toMatchObject({
    normAddsOne: true,
    embeddingFactor: 4,
    tied: true,
    activation: "geluTanh",
    headSize: 32,
  });
  const other = await read(shapes, { model_type: "constructor" });
  expect([other.conventions, other.notes[0]]).toEqual([null, expect.stringContaining('is of "constructor"')]);
});

test("convolutions: depthwise, transposed by the bias or the norm after it, and the one that reads the input", async () => {
  const { layers } = await read({
    "0.weight": [8, 3, 3, 3],
    "1.weight": [8, 1, 3, 3],
    "2.weight": [8, 16, 4, 4],
    "2.bias": [16],
    "up1.weight": [16, 12, 2, 2],
    "up2.weight": [12],
    "up2.bias": [12],
  });
  expect(at(layers, "0")).toMatchObject({ kind: "conv", first: true });
  expect(fansOf(at(layers, "0"))).toEqual({ fanIn: 27, fanOut: 72 });
  expect(at(layers, "1").kind).toBe("depthwiseConv");
  expect(fansOf(at(layers, "1"))).toEqual({ fanIn: 9, fanOut: 9 });
  expect(at(layers, "2").kind).toBe("transposedConv");
  const mnist = await read({
    "conv1.weight": [32, 1, 3, 3],
    "conv2.weight": [32, 32, 3, 3],
    "fc.weight": [10, 32],
    "fc.bias": [10],
  });
  expect(mnist.layers.map(({ kind, first, head }) => [kind, first, head])).toEqual([
    ["conv", true, false],
    ["conv", false, false],
    ["dense", false, true],
  ]);
});

test("residual blocks, running statistics, the last convolution and its norm", async () => {
  const norm = (path: string, width: number): Shapes => ({
    ...{ [`${path}.weight`]: [width], [`${path}.bias`]: [width] },
    ...{ [`${path}.running_mean`]: [width], [`${path}.running_var`]: [width] },
  });
  const { layers } = await read({
    "module.conv1.weight": [8, 3, 3, 3],
    ...norm("module.bn1", 8),
    "module.layer1.0.conv1.weight": [8, 8, 3, 3],
    ...norm("module.layer1.0.bn1", 8),
    "module.layer1.0.conv2.weight": [8, 8, 3, 3],
    ...norm("module.layer1.0.bn2", 8),
    "module.layer1.0.downsample.0.weight": [8, 8, 1, 1],
    "module.fc.weight": [10, 8],
    "module.fc.bias": [10],
  });
  const last = at(layers, "layer1.0.conv2");
  expect([last.residualLast, last.normAfter, last.block?.path]).toEqual([true, true, "layer1.0"]);
  expect(at(layers, "layer1.0.conv1").residualLast).toBe(false);
  expect(at(layers, "layer1.0.downsample.0").purpose).toBe("shortcut");
  expect(
    at(layers, "bn1")
      .parameters.map(({ role }) => role)
      .sort(),
  ).toEqual(["mean", "scale", "shift", "variance"]);
  expect(layers.slice(0, 4).map(({ path }) => path)).toEqual([
    "conv1",
    "bn1",
    "layer1.0.conv1",
    "layer1.0.bn1",
  ]);
});
