import { describe, expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import {
  batchNorm,
  conv,
  dense,
  type Model,
  mlp,
  residual,
  resNet,
  scale,
  sequential,
  transformer,
} from "../model/index.ts";
import { gains } from "../theory/index.ts";
import type { InitializationSpec } from "./index.ts";
import { initializationNames, initializationNamesOf, initialize, parameterStarts, ratesOf } from "./index.ts";

/** Widths that no two layers share, so that a fan taken for another shows. */
const net = (norm: "batch" | "none" | "fixup" | "skipInit") =>
  resNet({ depth: 14, width: 4, input: [3, 8, 8], outputs: 5, norm });
const attentive = (options: object = {}) =>
  transformer({ blocks: 3, width: 24, heads: 3, hidden: 40, input: { tokens: 11, length: 7 }, ...options });

/** The standard deviation of every parameter, by path: 0 of zeros, and a constant's value as text. */
const stds = (model: Model, initialization: InitializationSpec) =>
  Object.fromEntries(
    parameterStarts(model, initialization).map(({ slot, initializer }) => {
      if (initializer.name === "ones") return [slot.path, "1"];
      return [slot.path, initializer.name === "zeros" ? 0 : initializer.std(slot.shape, slot.fans)];
    }),
  );
const close = (actual: unknown, expected: number): void =>
  expect((actual as number) / expected).toBeCloseTo(1, 10);

describe("fixup", () => {
  const all = stds(net("fixup"), "fixup");

  test("6 blocks of two layers: the last 0, the others He's times 6^(−1/2), the head 0", () => {
    close(all["conv1/kernel"], Math.sqrt(2 / 27));
    close(all["residual1/branch/conv1/kernel"], Math.sqrt(2 / 36 / 6));
    close(all["residual6/branch/conv1/kernel"], Math.sqrt(2 / 144 / 6));
    for (const block of [1, 2, 3, 4, 5, 6]) expect(all[`residual${block}/branch/conv2/kernel`]).toBe(0);
    close(all["residual3/shortcut/conv1/kernel"], Math.sqrt(2 / 4));
    expect([all["dense1/kernel"], all["dense1/bias"]]).toEqual([0, 0]);
  });

  test("multipliers start at 1, scalar biases at 0", () => {
    expect(all["residual1/branch/scale1/scale"]).toBe("1");
    expect(all["residual1/branch/shift1/shift"]).toBe(0);
  });

  test("a branch of three layers has the power −1/4; where a norm follows the zeros, the reason says so", () => {
    const branch = () =>
      residual([dense(6, { activation: "relu" }), dense(6, { activation: "relu" }), dense(4)]);
    const three = sequential([branch(), branch(), branch(), dense(2)], { input: 4 });
    close(stds(three, "fixup")["residual2/branch/dense2/kernel"], Math.sqrt(2 / 6) * 3 ** -0.25);
    const last = parameterStarts(net("batch"), "fixup").find(
      ({ slot }) => slot.path === "residual1/branch/conv2/kernel",
    )!;
    expect(last.initializer.name).toBe("zeros");
    expect(last.reason).toContain("zeroGamma");
  });
});

describe("skipInit", () => {
  test("the factor at the end of each branch is 0, weights fit their activation", () => {
    const all = stds(net("skipInit"), "skipInit");
    for (const block of [1, 2, 3, 4, 5, 6]) expect(all[`residual${block}/branch/scale1/scale`]).toBe(0);
    close(all["residual1/branch/conv2/kernel"], Math.sqrt(2 / 36));
  });

  test("is refused where a branch ends without one, by the branch's path", () => {
    const message =
      /skipInit: expected residual branches that end with a learned factor, got residual1 without/;
    expect(() => initialize(net("none"), { initialization: "skipInit" })).toThrow(message);
    expect(() => initialize(net("batch"), { initialization: "skipInit" })).toThrow(/zeroGamma/);
    const first = sequential([residual([scale(), dense(4)])], { input: 4 });
    expect(() => initialize(first, { initialization: "skipInit" })).toThrow(message);
  });
});

describe("zeroGamma", () => {
  test("the last norm of each branch is 0, other norms 1, weights fit their activation", () => {
    const all = stds(net("batch"), "zeroGamma");
    expect(all["residual2/branch/batchNorm2/scale"]).toBe(0);
    expect(all["residual2/branch/batchNorm1/scale"]).toBe("1");
    expect(all["residual3/shortcut/batchNorm1/scale"]).toBe("1");
    expect(all["batchNorm1/scale"]).toBe("1");
    close(all["residual2/branch/conv2/kernel"], Math.sqrt(2 / 36));
  });

  test("is refused where norms begin the branches", () => {
    expect(() => initialize(attentive(), { initialization: "zeroGamma" })).toThrow(
      /expected residual branches that end with a normalization, got residual1 without/,
    );
  });
});

describe("gpt2", () => {
  test("N(0, .02²), projections into the stream over √(2 · layers), biases 0, norms 1 and 0", () => {
    const all = stds(attentive(), "gpt2");
    const small = 0.02 / Math.sqrt(6);
    for (const path of ["embedding1/embedding", "positionEmbedding1/embedding", "unembed1/kernel"]) {
      close(all[path], 0.02);
    }
    close(all["residual1/branch/attention1/query/kernel"], 0.02);
    close(all["residual1/branch/attention1/projection/kernel"], small);
    close(all["residual6/branch/dense1/kernel"], 0.02);
    close(all["residual6/branch/dense2/kernel"], small);
    expect(all["residual6/branch/dense2/bias"]).toBe(0);
    expect([all["layerNorm1/scale"], all["layerNorm1/shift"]]).toEqual(["1", 0]);
    close(
      stds(attentive(), { name: "gpt2", std: 0.1 })["residual6/branch/dense2/kernel"],
      0.1 / Math.sqrt(6),
    );
  });
});

describe("deepNorm", () => {
  const beta = (8 * 3) ** -0.25;

  test.each([false, true])(
    "value, projection and feed-forward × β, query and key × 1 (packed: %s)",
    (packed) => {
      const all = stds(attentive({ order: "deepNorm", packed }), "deepNorm");
      const path = "residual1/branch/attention1/";
      const glorot = Math.sqrt(2 / 48);
      if (packed) close(all[`${path}queryKeyValue/kernel`], glorot * Math.sqrt((2 + beta ** 2) / 3));
      else {
        close(all[`${path}query/kernel`], glorot);
        close(all[`${path}key/kernel`], glorot);
        close(all[`${path}value/kernel`], glorot * beta);
      }
      close(all[`${path}projection/kernel`], glorot * beta);
      close(all["residual2/branch/dense1/kernel"], Math.sqrt(2 / 64) * beta);
      close(all["unembed1/kernel"], Math.sqrt(2 / 35));
    },
  );

  test("of a packed tensor the last third alone is smaller, and the draws are those of the whole", () => {
    const path = "residual1/branch/attention1/queryKeyValue/kernel";
    const model = attentive({ order: "deepNorm", packed: true });
    const own = initialize(model, { initialization: "deepNorm", seed: 3 })[path]!.data;
    const plain = initialize(model, { initialization: "glorot", seed: 3 })[path]!.data;
    expect([...own.slice(0, 1152)]).toEqual([...plain.slice(0, 1152)]);
    for (let i = 1152; i < 1728; i++) expect(own[i]! / plain[i]!).toBeCloseTo(beta, 5);
  });

  test("is refused on plain sums, with the α that belongs to the depth", () => {
    expect(() => initialize(attentive({ order: "post" }), { initialization: "deepNorm" })).toThrow(
      /skipScale α = \(2N\)\^\(1\/4\) = 1.565, got residual1 with 1/,
    );
  });
});

describe("tFixup", () => {
  const factor = 0.67 * 3 ** -0.25;

  test("value, projection and feed-forward × .67 N^(−1/4), embedding × (9N)^(−1/4)", () => {
    const all = stds(attentive({ norm: "none" }), "tFixup");
    const path = "residual1/branch/attention1/";
    close(all[`${path}query/kernel`], Math.sqrt(2 / 48));
    close(all[`${path}value/kernel`], Math.sqrt(2 / 48) * factor);
    close(all[`${path}projection/kernel`], Math.sqrt(2 / 48) * factor);
    close(all["residual2/branch/dense1/kernel"], Math.sqrt(2 / 64) * factor);
    close(all["embedding1/embedding"], 24 ** -0.5 * 27 ** -0.25);
    close(all["unembed1/kernel"], Math.sqrt(2 / 35));
  });

  test("is refused on convolutions", () => {
    expect(() => initialize(net("none"), { initialization: "tFixup" })).toThrow(
      /residual blocks with attention/,
    );
  });
});

describe("mup", () => {
  const rates = (model: Model, family: "gradientDescent" | "adam") =>
    ratesOf(model, { name: "mup", baseWidth: 8 }, family)!;

  test("has the rates of attention, embeddings, norms and convolutions by fan", () => {
    const adam = rates(attentive(), "adam");
    expect(adam["embedding1/embedding"]).toBe(1);
    expect(adam["positionEmbedding1/embedding"]).toBe(1);
    expect(adam["layerNorm1/scale"]).toBe(1);
    expect(adam["residual1/branch/attention1/query/kernel"]).toBe(8 / 24);
    expect(adam["residual2/branch/dense2/kernel"]).toBe(8 / 40);
    expect(adam["unembed1/kernel"]).toBe(8 / 24);
    const descent = rates(attentive(), "gradientDescent");
    expect(descent["embedding1/embedding"]).toBe(24 / 8);
    expect(descent["layerNorm1/shift"]).toBe(24 / 8);
    expect(descent["residual2/branch/dense2/kernel"]).toBe(24 / 40);
    const convolutions = rates(net("batch"), "adam");
    expect(convolutions["conv1/kernel"]).toBe(1);
    expect(convolutions["residual1/branch/conv1/kernel"]).toBe(8 / 36);
    expect(convolutions["dense1/kernel"]).toBe(8 / 16);
  });

  test("entries of embeddings have variance 1, the output's fall with the width", () => {
    const all = stds(attentive(), "mup");
    expect(all["embedding1/embedding"]).toBe(1);
    close(all["residual1/branch/attention1/query/kernel"], 24 ** -0.5);
    close(all["residual2/branch/dense1/kernel"], gains(activation("gelu")).rms * 24 ** -0.5);
    close(all["unembed1/kernel"], 1 / 24);
  });

  test.each(["mup", "spectral"])("%s refuses an output that is tied to an embedding", (name) => {
    expect(() => initialize(attentive({ tied: true }), { initialization: name })).toThrow(
      /expected an output with weights of its own, got one that is tied to embedding1\/embedding/,
    );
  });
});

test("spectral has norm √(out / in) for what an output of a convolution sees, in each group", () => {
  const model = sequential([conv(32, { kernel: 3, groups: 4 }), batchNorm()], { input: [8, 6, 6] });
  close(stds(model, "spectral")["conv1/kernel"], Math.sqrt(8 / 18) / (Math.sqrt(8) + Math.sqrt(18)));
  expect(ratesOf(model, "spectral", "adam")!["conv1/kernel"]).toBe(1 / 18);
  expect(ratesOf(model, "spectral", "gradientDescent")!["conv1/kernel"]).toBe(8 / 18);
});

test("the names that a model takes are those of the schemes whose needs it meets", () => {
  const over = (model: Model) =>
    initializationNamesOf(model).filter((name) => !initializationNames.includes(name));
  expect(over(mlp([2, 3, 1]))).toEqual([]);
  expect(over(net("batch"))).toEqual(["fixup", "gpt2Residual", "gpt2", "zeroGamma", "zeroInitResidual"]);
  expect(over(net("skipInit"))).toEqual(["fixup", "skipInit", "rezero", "gpt2Residual", "gpt2"]);
  expect(over(attentive({ order: "deepNorm" }))).toEqual([
    "fixup",
    "gpt2Residual",
    "gpt2",
    "deepNorm",
    "deepnet",
    "tFixup",
  ]);
  for (const model of [net("batch"), net("none"), net("fixup"), attentive(), attentive({ tied: true })]) {
    for (const name of initializationNamesOf(model)) {
      if (/^(sparse|looksLinear|lstmForget|unitForgetBias|outputPrior|classPrior)$/.test(name)) continue;
      if (/^(dirac|deltaOrthogonal)$/.test(name) && "tokens" in (model.input as object)) continue;
      expect(() => parameterStarts(model, name), name).not.toThrow();
    }
  }
});
