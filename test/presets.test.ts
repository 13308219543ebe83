import { explainInitialization, initialize, mlp } from "@stepzero/core";
import * as layers from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { standardError, TOLERANCE } from "../scripts/conformance/cases.ts";
import { measured } from "../scripts/conformance/libraries.ts";
import { statistics } from "../scripts/conformance/measurement.ts";

const { libraries } = measured();
const presets = libraries.flatMap(({ preset }) => (preset === null ? [] : [preset]));

test("the presets are those of the libraries measured", () => {
  expect(presets.map(({ name }) => name).sort()).toEqual(["flax", "keras", "pytorch", "tfjs"]);
});

describe.each(presets)("$name starts as $layer does", ({ name, kernel, bias }) => {
  const model = mlp([512, 1024]);
  const own = initialize(model, { initialization: name, seed: 11 });
  const drawn = (path: string) => {
    const figures = statistics(own[path]!.data);
    if (figures.kind !== "values") throw new Error("expected values");
    return figures;
  };

  test("its kernel has the standard deviation of ours", () => {
    if (kernel.kind !== "values") throw new Error("expected values");
    const { std } = explainInitialization(model, name)[0]!;
    expect(Math.abs(kernel.std - std!)).toBeLessThan(TOLERANCE * standardError(kernel));
  });

  test("its kernel has the shape of ours: fourth moment and reach", () => {
    if (kernel.kind !== "values") throw new Error("expected values");
    const ours = drawn("dense1/kernel");
    // Of half a million values the fourth moment is right to 0.007, the end of the support to 1e-4.
    expect(Math.abs(kernel.kurtosis! - ours.kurtosis!)).toBeLessThan(0.03);
    expect(Math.abs(kernel.max / ours.max - 1)).toBeLessThan(1e-3);
    expect(Math.abs(kernel.min / ours.min - 1)).toBeLessThan(1e-3);
  });

  test("its bias is drawn as ours is", () => {
    if (bias.kind !== "values") throw new Error("expected values");
    const ours = drawn("dense1/bias");
    if (ours.std === 0) expect([bias.min, bias.max]).toEqual([0, 0]);
    else {
      expect(Math.abs(bias.std - ours.std)).toBeLessThan(2 * TOLERANCE * standardError(ours));
      expect(Math.abs(bias.max / ours.max - 1)).toBeLessThan(0.02);
    }
  });
});

test("tfjs is what TensorFlow.js takes when nothing is said", () => {
  const { kernelInitializer, biasInitializer } = layers.layers.dense({ units: 2 }).getConfig() as Record<
    string,
    { className: string; config: Record<string, unknown> }
  >;
  expect(kernelInitializer).toMatchObject({
    className: "VarianceScaling",
    config: { scale: 1, mode: "fanAvg", distribution: "normal" },
  });
  expect(biasInitializer!.className).toBe("Zeros");
});
