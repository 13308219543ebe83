import { describe, expect, test } from "vitest";
import type { Dataset } from "../data/index.ts";
import { train } from "../experiment/index.ts";
import { type Model, resNet, transformer } from "../model/index.ts";
import { key } from "../random/index.ts";

/** N(0, 1) images, and labels that do not matter at step 0. */
const images = (count: number): Dataset => {
  const x = new Float64Array(3 * 64 * count);
  key(1, "data").fill(x, { kind: "normal", mean: 0, std: 1 });
  return {
    name: "noise",
    task: "classes",
    features: 192,
    classes: 10,
    outputs: 1,
    train: { count, x, y: Float64Array.from({ length: count }, (_, i) => i % 10) },
    test: null,
    options: {},
  };
};

const tokens = (count: number, kinds: number, length: number): Dataset => {
  const words = new Float64Array(length * count);
  key(2, "data").fill(words, { kind: "uniform", low: 0, high: kinds });
  const x = words.map((value) => Math.min(kinds - 1, Math.floor(value)));
  return {
    name: "tokens",
    task: "classes",
    features: length,
    input: { tokens: kinds, length },
    positions: length,
    classes: kinds,
    outputs: 1,
    train: { count, x, y: x.slice() },
    test: null,
    options: {},
  };
};

/** Root mean square of what each layer gives at step 0, in the reference engine. */
const rmsOf = async (model: Model, data: Dataset, initialization: string): Promise<Map<string, number>> => {
  const { layers } = await train(model, data, { initialization, steps: 0, seed: 4, engine: "reference" });
  return new Map(Object.entries(layers).map(([path, { activationRms }]) => [path, activationRms[0]!]));
};

describe("a resNet without norms", () => {
  const net = (depth: number) => resNet({ depth, width: 12, input: [3, 8, 8], norm: "none" });
  const data = images(6);
  /** From the stem's activation to the last one. */
  const growth = async (depth: number, initialization: string): Promise<number> => {
    const rms = await rmsOf(net(depth), data, initialization);
    const blocks = (depth - 2) / 2;
    return (rms.get(`activate${blocks + 1}`)! / rms.get("activate1")!) ** 2;
  };

  test("keeps its stream under auto at any depth: its second moment grows by less than e", async () => {
    for (const depth of [8, 20, 38]) {
      const grown = await growth(depth, "auto");
      expect(grown, String(depth)).toBeGreaterThan(0.5);
      expect(grown, String(depth)).toBeLessThan(Math.E);
    }
  });

  // For x ≥ 0 and symmetric n: E[relu(x + n)²] ≥ (x² + E[n²]) / 2, and a branch of He's has E[n²] = 2 E[x²].
  test("multiplies it by 1.5 per block and more under He", async () => {
    expect((await growth(38, "he")) / (await growth(20, "he"))).toBeGreaterThan(1.5 ** 9);
  });
});

describe("a transformer under auto", () => {
  test.each([1, 6])("of %i blocks gives logits of second moment 1", async (blocks) => {
    const input = { tokens: 40, length: 12 };
    const data = tokens(8, 40, 12);
    for (const options of [{}, { order: "post" }, { norm: "rms", gated: true }, { packed: true }] as const) {
      const model = transformer({ blocks, width: 48, heads: 4, input, ...options });
      const rms = await rmsOf(model, data, "auto");
      // The norm before the output gives exactly 1; of 48 · 40 weights the sum is right to 4 %.
      expect(Math.abs(rms.get("unembed1")! ** 2 - 1), JSON.stringify(options)).toBeLessThan(0.15);
    }
  });
});
