import { glorotNormal, heNormal, key } from "@stepzero/core";
import { expect, test } from "vitest";
import { memorySource } from "../readers/index.ts";
import { safetensors } from "../tensors/safetensors.ts";
import { checkFile } from "./index.ts";

type Weights = Record<string, { shape: number[]; data: Float32Array }>;

const draw = (shape: number[], seed: number, gain = Math.SQRT2): Weights[string] => ({
  shape,
  data: Float32Array.from(heNormal({ gain }).draw(shape, key(seed)).data),
});
const filled = (shape: number[], value = 0): Weights[string] => ({
  shape,
  data: new Float32Array(shape.reduce((product, axis) => product * axis, 1)).fill(value),
});
/** A sound chain 32–64–64–64–10 of He's scheme; faults are planted by what replaces its tensors. */
const chain = (faults: Weights = {}): Weights => ({
  "0.weight": draw([64, 32], 1),
  "0.bias": filled([64]),
  "2.weight": draw([64, 64], 2),
  "2.bias": filled([64]),
  "4.weight": draw([64, 64], 3),
  "4.bias": filled([64]),
  "6.weight": draw([10, 64], 4),
  "6.bias": filled([10]),
  ...faults,
});
const check = (weights: Weights, activation?: string) =>
  checkFile(memorySource("m.safetensors", safetensors(weights)), { activation });
const found = async (weights: Weights) =>
  (await check(weights)).findings.map(({ rule, severity, tensor }) => `${severity} ${rule} ${tensor}`);
const changed = (one: Weights[string], change: (values: Float32Array) => void): Weights[string] => {
  const data = one.data.slice();
  change(data);
  return { ...one, data };
};

test("a sound network has no finding, and each kernel's scheme is named", async () => {
  const { findings, layers, looksTrained } = await check(chain());
  expect([findings, looksTrained]).toEqual([[], false]);
  for (const layer of layers) expect(layer.nearest?.fitting).toContain("heNormal");
});

test.each<[string, Weights, string[]]>([
  ["zeros", { "2.weight": filled([64, 64]) }, ["error symmetry/zero-kernel 2.weight"]],
  ["one value", { "2.weight": filled([64, 64], 0.3) }, ["error symmetry/constant-kernel 2.weight"]],
  [
    "a NaN",
    { "4.weight": changed(draw([64, 64], 3), (w) => w.set([Number.NaN], 77)) },
    ["error numerics/not-finite 4.weight"],
  ],
  [
    "memory as it was",
    { "4.weight": changed(draw([64, 64], 3), (w) => w.set([3e8], 77)) },
    ["error numerics/uninitialized 4.weight"],
  ],
  ["one seed", { "4.weight": draw([64, 64], 2) }, ["error seed/identical-tensors 4.weight"]],
  [
    "one seed under two scales",
    { "4.weight": changed(draw([64, 64], 2), (w) => w.set(w.map((x) => x * 1.2))) },
    ["error seed/scaled-copy 4.weight"],
  ],
  [
    "units that are pairwise alike",
    {
      "2.weight": changed(draw([64, 64], 2), (w) => {
        for (let row = 0; row < 64; row += 2) w.copyWithin((row + 1) * 64, row * 64, (row + 1) * 64);
      }),
    },
    ["warn symmetry/tied-units 2.weight"],
  ],
  ["σ ten times too large", { "2.weight": draw([64, 64], 2, 14) }, ["warn variance/too-large 2.weight"]],
  ["σ ten times too small", { "2.weight": draw([64, 64], 2, 0.14) }, ["warn variance/too-small 2.weight"]],
  [
    "a value at 20σ",
    { "2.weight": changed(draw([64, 64], 2), (w) => w.set([3.6], 5)) },
    ["warn distribution/outlier 2.weight"],
  ],
  [
    "a mean",
    { "2.weight": changed(draw([64, 64], 2), (w) => w.set(w.map((x) => x + 0.06))) },
    ["warn distribution/nonzero-mean 2.weight"],
  ],
])("%s is found, and nothing else", async (_what, faults, expected) => {
  expect(await found(chain(faults))).toEqual(expected);
});

test("fans that were swapped are found in tapered layers", async () => {
  const swapped = changed(draw([16, 256], 6), (w) => w.set(w.map((x) => x * 4)));
  const weights = { "0.weight": draw([256, 16], 5), "2.weight": swapped, "4.weight": draw([10, 16], 7) };
  expect(await found(weights)).toEqual(["warn variance/fan-swapped 2.weight"]);
});

test("a cut at 2σ that was not restored is found", async () => {
  const cut = (shape: number[], seed: number): Weights[string] => {
    const wide = glorotNormal().draw([256, 256], key(seed)).data;
    // Values within 2σ of a normal law: rejection, as the law is defined.
    const kept = Array.from(wide, (x) => (x / Math.sqrt(2 / 512)) * Math.sqrt(2 / (shape[0]! + shape[1]!)));
    const bound = 2 * Math.sqrt(2 / (shape[0]! + shape[1]!));
    return {
      shape,
      data: Float32Array.from(kept.filter((x) => Math.abs(x) <= bound).slice(0, shape[0]! * shape[1]!)),
    };
  };
  const weights = {
    "0.weight": cut([128, 64], 8),
    "2.weight": cut([64, 128], 9),
    "4.weight": draw([10, 64], 7),
  };
  expect(await found(weights)).toEqual([
    "warn variance/truncation-uncorrected 0.weight",
    "warn variance/truncation-uncorrected 2.weight",
  ]);
});

test("PyTorch's default is told with what each activation makes of it", async () => {
  const uniform = (shape: number[], seed: number): Weights[string] => {
    const data = new Float32Array(shape[0]! * shape[1]!);
    const bound = 1 / Math.sqrt(shape[1]!);
    let state = seed;
    for (let i = 0; i < data.length; i++) {
      state = (state * 48_271) % 2_147_483_647;
      data[i] = ((2 * state) / 2_147_483_647 - 1) * bound;
    }
    return { shape, data };
  };
  const sizes = [32, 64, 64, 64, 64, 10];
  const weights = Object.fromEntries(
    sizes.slice(1).map((out, i) => [`${2 * i}.weight`, uniform([out, sizes[i]!], 1_234_567 + i * 7_654_321)]),
  );
  const unknown = await check(weights);
  expect(unknown.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["variance/framework-default", "info"],
  ]);
  expect(unknown.findings[0]!.message).toContain("1/6 per layer if ReLU follows, by 1/3");
  const relu = await check(weights, "relu");
  expect(relu.findings[0]).toMatchObject({ rule: "variance/framework-default", severity: "warn" });
});

/** A transformer of two blocks with a final norm, head and embedding of one σ. */
const transformer = (σ: number, faults: Weights = {}): Weights => {
  const normal = (shape: number[], seed: number, std: number) =>
    draw(shape, seed, std * Math.sqrt(shape[1]!));
  const blocks = [0, 1].flatMap((i): [string, Weights[string]][] => [
    [`h.${i}.ln_1.weight`, filled([32], 1)],
    [`h.${i}.attn.c_attn.weight`, normal([96, 32], 10 + i, 0.02)],
    [`h.${i}.attn.c_proj.weight`, normal([32, 32], 20 + i, 0.01)],
  ]);
  return {
    "wte.weight": normal([64, 32], 30, σ),
    ...Object.fromEntries(blocks),
    "ln_f.weight": filled([32], 1),
    "lm_head.weight": normal([64, 32], 31, σ),
    ...faults,
  };
};

test("a head of σ 1 makes the first loss, and a small one that of equal guesses", async () => {
  const small = await check(transformer(0.02));
  expect(small.findings).toEqual([]);
  expect(small.predictedLoss!.value).toBeCloseTo(Math.log(64), 1);
  const large = await check(transformer(1));
  expect(large.findings.map(({ rule }) => rule)).toEqual(["loss/initial-too-high"]);
  expect(large.predictedLoss!.value).toBeGreaterThan(12);
});

test("a final norm of 0 is an error", async () => {
  expect(await found(transformer(0.02, { "ln_f.weight": filled([32]) }))).toContain(
    "error norm/scale ln_f.weight",
  );
});

test("an embedding that is saved again as the head is no copy by accident", async () => {
  const { "wte.weight": embedding } = transformer(0.02);
  expect(await found(transformer(0.02, { "lm_head.weight": embedding! }))).toEqual([]);
});

test("blocks that were copied are one finding, however many tensors they have", async () => {
  const weights = transformer(0.02);
  const copied = Object.keys(weights).filter((name) => name.startsWith("h.1."));
  const faults = Object.fromEntries(copied.map((name) => [name, weights[name.replace("h.1", "h.0")]!]));
  const { findings } = await check({ ...weights, ...faults });
  expect(findings.map(({ rule, tensor }) => [rule, tensor])).toEqual([
    ["seed/identical-tensors", "h.1.attn.c_attn.weight"],
  ]);
  expect(findings[0]!.message).toContain("1 more of its block's tensors is copied");
});

test("PReLU's slopes, depthwise kernels and nameless embeddings of PyTorch are no faults", async () => {
  const embedding = draw([100, 32], 3, Math.sqrt(32));
  expect(await found({ "0.weight": draw([64, 32], 1), "1.weight": filled([64], 0.25) })).toEqual([]);
  expect(await found({ "0.weight": embedding, "1.weight": draw([10, 32], 2) })).toEqual([
    "info variance/too-large 0.weight",
  ]);
  const depthwise = { shape: [64, 1, 3, 3], data: draw([64, 9], 5, Math.sqrt(1 / 3)).data };
  const weights = { "0.weight": draw([64, 32, 3, 3], 1), "1.weight": depthwise, "1.bias": filled([64]) };
  expect(await found(weights)).toEqual([]);
});
