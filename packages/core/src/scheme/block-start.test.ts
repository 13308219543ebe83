import { describe, expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { dense, type Model, mlp, residual, resNet, scale, sequential, transformer } from "../model/index.ts";
import { gains } from "../theory/index.ts";
import { parameterStarts } from "./index.ts";

const net = (norm: "batch" | "none" | "fixup" | "skipInit", activation = "relu") =>
  resNet({ depth: 14, width: 4, input: [3, 8, 8], outputs: 5, norm, activation });
const attentive = (options: object = {}) =>
  transformer({ blocks: 3, width: 24, heads: 3, hidden: 40, input: { tokens: 11, length: 7 }, ...options });

const startsOf = (model: Model, initialization = "auto") =>
  Object.fromEntries(parameterStarts(model, initialization).map((one) => [one.slot.path, one]));
const stdAt = (model: Model, path: string): number => {
  const { slot, initializer } = startsOf(model)[path]!;
  return initializer.std(slot.shape, slot.fans)!;
};
const forms = (model: Model, initialization: string) =>
  parameterStarts(model, initialization).map(({ slot, initializer }) => [
    slot.path,
    initializer.name,
    initializer.options,
  ]);

describe("auto on a resNet", () => {
  test("with batch norm is He everywhere, norms 1 and 0: a norm follows each convolution", () => {
    expect(forms(net("batch"), "auto")).toEqual(forms(net("batch"), "he"));
  });

  test("without norms the last weights of 6 branches have gain 1/√6, the other convolutions He's", () => {
    const model = net("none");
    expect(stdAt(model, "residual1/branch/conv1/kernel")).toBeCloseTo(Math.sqrt(2 / 36), 12);
    expect(stdAt(model, "residual1/branch/conv2/kernel")).toBeCloseTo(Math.sqrt(1 / 6 / 36), 12);
    expect(stdAt(model, "residual3/shortcut/conv1/kernel")).toBeCloseTo(Math.sqrt(2 / 4), 12);
    expect(stdAt(model, "dense1/kernel")).toBeCloseTo(Math.sqrt(2 / 16), 12);
    expect(startsOf(model)["residual1/branch/conv2/kernel"]!.reason).toContain("6 branches add");
  });

  test.each(["fixup", "skipInit"] as const)("with %s's scalars starts as that says", (norm) => {
    expect(forms(net(norm), "auto")).toEqual(forms(net(norm), norm));
  });
});

describe("auto on a transformer", () => {
  const path = "residual1/branch/attention1/";

  test.each(["pre", "post"])(
    "%s-norm: scores of variance 1, branches over √6, logits of second moment 1",
    (order) => {
      const model = attentive({ order });
      for (const role of ["query", "key", "value"]) {
        expect(stdAt(model, `${path}${role}/kernel`)).toBeCloseTo(24 ** -0.5, 12);
      }
      expect(stdAt(model, `${path}projection/kernel`)).toBeCloseTo((6 * 24) ** -0.5, 12);
      expect(stdAt(model, "residual2/branch/dense1/kernel")).toBeCloseTo(
        gains(activation("gelu")).rms * 24 ** -0.5,
        12,
      );
      expect(stdAt(model, "residual2/branch/dense2/kernel")).toBeCloseTo((6 * 40) ** -0.5, 12);
      expect(stdAt(model, "unembed1/kernel")).toBeCloseTo(24 ** -0.5, 12);
    },
  );

  test("with DeepNorm's α the branches are larger by it: what counts is the branch over the skip", () => {
    expect(stdAt(attentive({ order: "deepNorm" }), "residual2/branch/dense2/kernel")).toBeCloseTo(
      6 ** 0.25 * (6 * 40) ** -0.5,
      12,
    );
  });

  test("tokens and positions add up to variance 1; a table that is also the output has rows of length 1", () => {
    const tables = (model: Model) =>
      ["embedding1/embedding", "positionEmbedding1/embedding"].map((table) => stdAt(model, table) ** 2);
    expect(tables(attentive())).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
    expect(tables(attentive({ tied: true }))).toEqual([
      expect.closeTo(1 / 24, 12),
      expect.closeTo(1 / 24, 12),
    ]);
  });

  test("a gated branch multiplies two factors of second moment 1", () => {
    const model = attentive({ gated: true, activation: "silu" });
    expect(stdAt(model, "residual2/branch/gated1/value/dense1/kernel")).toBeCloseTo(24 ** -0.5, 12);
    expect(stdAt(model, "residual2/branch/gated1/gate/dense1/kernel")).toBeCloseTo(
      gains(activation("silu")).rms * 24 ** -0.5,
      12,
    );
  });

  test("a packed tensor is drawn as the three that it holds", () => {
    const { initializer, slot } = startsOf(attentive({ packed: true }))[`${path}queryKeyValue/kernel`]!;
    expect(initializer.std(slot.shape, slot.fans)).toBeCloseTo(24 ** -0.5, 12);
  });
});

test("a branch that ends with its activation has that activation's gain over the root of the branches", () => {
  const model = mlp([8, 8, 8, 8, 3], { activation: "tanh", residual: true });
  expect(stdAt(model, "residual2/branch/dense1/kernel")).toBeCloseTo(
    gains(activation("tanh")).rms / Math.sqrt(3 * 8),
    12,
  );
});

test("sums that multiply their terms: gain skipScale / branchScale / √blocks; a branch times 0 is left alone", () => {
  const block = (branchScale: number, skipScale: number) =>
    sequential(
      [residual([dense(6, { activation: "relu" }), dense(4)], { branchScale, skipScale }), dense(2)],
      {
        input: 4,
      },
    );
  expect(stdAt(block(0.5, 2), "residual1/branch/dense2/kernel")).toBeCloseTo(4 / Math.sqrt(6), 12);
  expect(stdAt(block(0, 1), "residual1/branch/dense2/kernel")).toBeCloseTo(1 / Math.sqrt(6), 12);
});

test("a factor per feature at the end of a branch starts at 0, one before its weights at 1", () => {
  const model = sequential(
    [residual([scale({ per: "feature" }), dense(4), scale({ per: "feature" })]), dense(2)],
    {
      input: 4,
    },
  );
  expect(startsOf(model)["residual1/branch/scale1/scale"]!.initializer.name).toBe("ones");
  expect(startsOf(model)["residual1/branch/scale2/scale"]!.initializer.name).toBe("zeros");
});

test("every parameter of a network with blocks says why it starts so, or its initializer does", () => {
  for (const model of [net("none"), attentive(), attentive({ gated: true, norm: "rms", packed: true })]) {
    for (const { slot, initializer, reason } of parameterStarts(model, "auto")) {
      const plain = ["zeros", "ones", "heNormal"].includes(initializer.name);
      expect(plain || reason !== undefined, slot.path).toBe(true);
    }
  }
});
