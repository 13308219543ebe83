import { describe, expect, test } from "vitest";
import { activation } from "../activation/index.ts";
import { InputError, type Parameters } from "../base/index.ts";
import { circles } from "../data/index.ts";
import { createTrainer, runMember } from "../engine/index.ts";
import { singularValues } from "../math/index.ts";
import { mlp } from "../model/index.ts";
import { residualSignal } from "../theory/index.ts";
import {
  deepNorm,
  explainInitialization,
  fixup,
  gpt2Residual,
  initializationNames,
  initialize,
  schemeSpec,
  schemes,
  skipInit,
  tFixup,
} from "./index.ts";

describe("mup", () => {
  test("is He bit for bit on a ReLU network whose hidden layers have the base width", () => {
    const model = mlp([5, 64, 64, 3]);
    const own = initialize(model, { initialization: { name: "mup", baseWidth: 64 }, seed: 3 });
    expect(own).toEqual(initialize(model, { initialization: "he", seed: 3 }));
    for (const { rates } of explainInitialization(model, { name: "mup", baseWidth: 64 })) {
      expect(rates).toEqual({
        kernel: { gradientDescent: 1, adam: 1 },
        bias: { gradientDescent: 1, adam: 1 },
      });
    }
  });

  test("without a base width is the paper's table: variances 1/n, 1/n, 1/n² and its rates", () => {
    const [input, hidden, output] = explainInitialization(mlp([10, 256, 256, 4]), { name: "mup", gain: 1 });
    expect(input!.std! ** 2).toBeCloseTo(1 / 10, 12);
    expect(hidden!.std! ** 2).toBeCloseTo(1 / 256, 12);
    expect(output!.std! ** 2).toBeCloseTo(1 / 256 ** 2, 12);
    expect(input!.rates!.kernel).toEqual({ gradientDescent: 256, adam: 1 });
    expect(hidden!.rates!.kernel).toEqual({ gradientDescent: 1, adam: 1 / 256 });
    expect(output!.rates!.kernel).toEqual({ gradientDescent: 1 / 256, adam: 1 / 256 });
  });

  test("of one layer has no width and is plain", () => {
    const [only] = explainInitialization(mlp([8, 3]), { name: "mup", baseWidth: 2, gain: 1 });
    expect(only!.std).toBeCloseTo(1 / Math.sqrt(8), 12);
    expect(only!.rates!.kernel).toEqual({ gradientDescent: 1, adam: 1 });
  });

  /** Mean |Δ logit| over the training points when each parameter takes one step of its own rate. */
  const change = async (width: number, spec: { name: string; baseWidth?: number }) => {
    const model = mlp([2, width, width, 1], { activation: "tanh", loss: "bce" });
    const data = circles({ samples: 40, testSamples: 0, noise: 0.05, seed: 1 });
    const training = { loss: "bce", optimizer: { name: "gradientDescent" }, batch: null } as const;
    const step = async (parameters: Parameters, learningRate: number, steps: number) => {
      const trainer = createTrainer("reference", model, data, { ...training, steps, logSteps: [0, steps] });
      const whole = { steps: 1, cancelled: () => false, onProgress: () => {} };
      return (await runMember(trainer, { parameters, learningRate, shuffleSeed: 0 }, whole)).run;
    };
    const start = initialize(model, { initialization: spec, seed: 5 });
    const after = (await step(start, 1, 1)).parameters;
    const layers = explainInitialization(model, spec);
    const rate = (path: string): number => {
      const layer = layers.find((one) => one.path.split("/")[0] === path.split("/")[0])!;
      return layer.rates?.[path.endsWith("kernel") ? "kernel" : "bias"].gradientDescent ?? 1;
    };
    const moved = Object.fromEntries(
      Object.entries(start).map(([path, { shape, data: before }]) => [
        path,
        {
          shape,
          data: Float64Array.from(
            before,
            (value, i) => value + 0.5 * rate(path) * (after[path]!.data[i]! - value),
          ),
        },
      ]),
    );
    const before = await step(start, 0, 0);
    const then = await step(moved, 0, 0);
    return before.trainLoss[0]! - then.trainLoss[0]!;
  };

  test("changes the loss by as much at any width, where the standard parametrization does not", async () => {
    const narrow = await change(32, { name: "mup", baseWidth: 32 });
    const wide = await change(512, { name: "mup", baseWidth: 32 });
    expect(wide / narrow).toBeGreaterThan(0.5);
    expect(wide / narrow).toBeLessThan(2);
    const ratio = (await change(512, { name: "he" })) / (await change(32, { name: "he" }));
    expect(ratio < 0.25 || ratio > 4).toBe(true);
  });
});

describe("spectral", () => {
  const largest = (spec: { name: string; [option: string]: string | number }, sizes: number[]) => {
    const parameters = initialize(mlp(sizes), { initialization: spec, seed: 2 });
    return sizes.slice(1).map((rows, layer) => {
      const cols = sizes[layer]!;
      const { data } = parameters[`dense${layer + 1}/kernel`]!;
      return singularValues(data, rows, cols)[0]! / Math.sqrt(rows / cols);
    });
  };

  test("orthogonal has the largest singular value √(fanOut / fanIn) to 1e-5", () => {
    const norms = largest({ name: "spectral", distribution: "orthogonal" }, [30, 100, 40, 40, 3]);
    for (const norm of norms) expect(Math.abs(norm - 1)).toBeLessThan(1e-5);
  });

  test("normal has it within the few percent that Gaussian matrices of this size fluctuate by", () => {
    // The largest singular value lies at σ (√m + √n) within about n^(-2/3), here 3 %.
    const norms = largest({ name: "spectral", gain: 2 }, [200, 300, 150]);
    for (const norm of norms) expect(Math.abs(norm / 2 - 1)).toBeLessThan(0.06);
  });
});

describe("over depth", () => {
  test.each([
    [16, 2],
    [50, 3],
    [7, 4],
  ])("fixup makes the change of %i branches of %i layers 1 in all", (blocks, layers) => {
    const { gains, head } = fixup({ blocks, layers });
    const product = gains.slice(0, -1).reduce((all, gain) => all * gain * gain, 1);
    expect(blocks * product).toBeCloseTo(1, 12);
    expect([gains.length, gains.at(-1), head]).toEqual([layers, 0, 0]);
  });

  test("gpt2Residual keeps the residual stream below e at any depth, by the theory of residual blocks", () => {
    for (const blocks of [10, 100, 1000]) {
      const branchScale = gpt2Residual({ blocks, layers: 1 }).gains[0]!;
      const { lengths } = residualSignal(activation("relu"), { depth: blocks, branchScale });
      expect(lengths[blocks]).toBeGreaterThan(2.5);
      expect(lengths[blocks]).toBeLessThan(Math.E);
    }
  });

  test("skipInit starts every block as the identity", () => {
    const { branch, skip } = skipInit();
    expect([branch, skip]).toEqual([0, 1]);
    expect(residualSignal(activation("tanh"), { depth: 9, branchScale: branch }).lengths[9]).toBe(1);
  });

  test("deepNorm balances skip and branch: α β is √½ for one half alone", () => {
    for (const layers of [6, 100, 1000]) {
      const { alpha, beta } = deepNorm({ encoder: layers }).encoder!;
      expect(alpha * beta).toBeCloseTo(Math.SQRT1_2, 12);
      expect(deepNorm({ decoder: layers }).decoder).toEqual({ alpha, beta });
    }
    const { encoder, decoder } = deepNorm({ encoder: 12, decoder: 6 });
    expect(encoder!.alpha * encoder!.beta).toBeCloseTo(0.81 * 0.87, 12);
    expect(decoder!.alpha * decoder!.beta).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test("its schemes are listed, and not among what any model takes", () => {
    const over = schemes.filter(({ needs }) => needs?.includes("residual")).map(({ name }) => name);
    expect(over).toEqual(["fixup", "skipInit", "gpt2Residual", "deepNorm", "tFixup", "zeroGamma"]);
    for (const name of over) expect(initializationNames).not.toContain(name);
  });

  test.each(["fixup", "skipInit", "gpt2Residual", "deepNorm", "tFixup", "zeroGamma"])(
    "%s on a model without residual blocks is an input error that says so",
    (initialization) => {
      expect(() => initialize(mlp([2, 3, 1]), { initialization })).toThrow(InputError);
      expect(() => initialize(mlp([2, 3, 1]), { initialization })).toThrow(
        /expected a model with residual blocks/,
      );
    },
  );

  test.each([
    () => fixup({ blocks: 0 }),
    () => fixup({ blocks: 3, layers: 1.5 }),
    () => gpt2Residual({ blocks: -1 }),
    () => skipInit({ layers: 0 }),
    () => skipInit({ alpha: Number.NaN }),
    () => deepNorm({}),
    () => deepNorm({ encoder: 0 }),
    () => tFixup({}),
    () => tFixup({ decoder: 1.5 }),
  ])("a count that is none is refused: %#", (make) => {
    expect(make).toThrow(InputError);
  });
});

describe("the catalogue", () => {
  test.each(schemes.map((entry) => [entry.name, entry] as const))("%s explains itself", (_, entry) => {
    expect(entry.summary).toMatch(/\.$/);
    expect(entry.formula).not.toBe("");
    expect(entry.text.length).toBeGreaterThan(60);
    expect(entry.references.length).toBeGreaterThan(0);
    expect(entry.create({}).options).toEqual({});
  });

  test("every name and alias of schemes and initializers is one thing's alone", () => {
    const names = schemes.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ["PyTorch", "pytorch"],
    ["skip-init", "skipInit"],
    ["gpt2_residual", "gpt2Residual"],
    ["MUP", "mup"],
  ])("%s means %s", (text, name) => {
    expect(schemeSpec(text)).toEqual({ name });
  });

  test.each([
    [{ name: "mup", width: 3 }, /unknown option "width"/],
    [{ name: "mup", baseWidth: 0 }, /baseWidth > 0, got 0/],
    [{ name: "mup", gain: -1 }, /gain ≥ 0/],
    [{ name: "spectral", distribution: "uniform" }, /normal, orthogonal/],
    [{ name: "keras", gain: 2 }, /unknown option "gain"/],
    ["mup:3", /takes no value.*baseWidth/s],
    ["keras:3", /Write "keras" alone/],
  ])("%j is refused", (spec, message) => {
    expect(() => schemeSpec(spec as string)).toThrow(message);
  });
});

describe("siren by name", () => {
  // Sitzmann et al. 2020, §3.2 and their code: U(±1/fanIn) in the first layer, U(±√(6/fanIn)/ω₀) in the others.
  const model = mlp([3, 400, 400, 1], { activation: "sin:30" });
  const largest = (parameters: Parameters, path: string): number =>
    Array.from(parameters[path]!.data, Math.abs).reduce((most, value) => Math.max(most, value));

  test.each([["siren", 30] as const, [{ name: "siren", omega: 20 }, 20] as const])(
    "%s gives the first layer its own rule",
    (initialization, omega) => {
      const parameters = initialize(model, { initialization, seed: 3 });
      const [first, hidden] = [largest(parameters, "dense1/kernel"), largest(parameters, "dense2/kernel")];
      expect(first).toBeLessThanOrEqual(1 / 3);
      expect(first).toBeGreaterThan(0.99 / 3);
      const bound = Math.sqrt(6 / 400) / omega;
      expect(hidden).toBeLessThanOrEqual(bound);
      expect(hidden).toBeGreaterThan(0.99 * bound);
    },
  );

  test("is what auto gives a network of sin(30 z)", () => {
    expect(initialize(model, { initialization: "siren", seed: 3 })).toEqual(initialize(model, { seed: 3 }));
  });

  test("an option that asks for the first rule has it everywhere", () => {
    const parameters = initialize(model, { initialization: { name: "siren", layer: "first" }, seed: 3 });
    expect(largest(parameters, "dense2/kernel")).toBeLessThanOrEqual(1 / 400);
  });
});

test("Glorot's reason names the weight variance at which each activation is critical", () => {
  const reason = (name: string) =>
    explainInitialization(mlp([64, 64, 64], { activation: name }), "glorot")[0]!.reason;
  expect(reason("tanh")).toContain("is 1, which is critical for tanh without biases");
  expect(reason("sigmoid")).toContain("is 1, and sigmoid without biases is critical at 103");
  expect(reason("relu")).toContain("is 1, and relu without biases is critical at 2");
  expect(reason("gelu")).toContain("without biases no weight variance is critical for gelu");
});
