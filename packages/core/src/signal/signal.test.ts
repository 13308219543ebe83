import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { activation, activationOf } from "../activation/index.ts";
import { mlp } from "../model/index.ts";
import { layerStarts } from "../scheme/index.ts";
import { type LayerStart, predictSignal } from "./index.ts";
import { logChiSquared } from "./log-chi-squared.ts";
import { sphereMoments } from "./sphere.ts";
import { NORMAL, unitLaw } from "./unit-law.ts";

const uniform = (width: number, layers: number): number[] => Array(layers + 1).fill(width);

const predicted = (name: string, initialization: string, sizes: readonly number[], inputSquare = 1) =>
  predictSignal(layerStarts(mlp(sizes, { activation: name }), initialization), { inputSquare });

const { rows } = JSON.parse(readFileSync(new URL("relu-law.golden.json", import.meta.url), "utf8")) as {
  rows: [number, number, number, number, number][];
};

test.each(rows)("ReLU, width %d, layer %d: the band is that of the exact law", (width, layers, ...wanted) => {
  const { low, median, high } = predicted("relu", "he", uniform(width, layers))[layers - 1]!.preactivation;
  const spread = wanted[2]! - wanted[0]!;
  // Three cumulants a layer are exact; the shape of the law becomes it as layers add up.
  const tolerance = layers >= 10 ? 0.015 : 0.04;
  [low, median, high].forEach((value, i) => {
    expect(Math.abs(Math.log(value) - wanted[i]!)).toBeLessThan(tolerance * spread);
  });
});

test("ReLU, 16 × 100: the median of ln RMS is −8.8, forward and back, not −5 · 100 / (4 · 16)", () => {
  const layers = predicted("relu", "he", uniform(16, 101));
  const forward = Math.log(layers[99]!.activation.median) / 2;
  const back = Math.log(layers[0]!.gradient.median) / 2;
  for (const value of [forward, back]) expect(Math.abs(value + 8.8)).toBeLessThan(0.1);
  const spread = ({ low, high }: { low: number; high: number }) => Math.log(high / low);
  expect(spread(layers[0]!.gradient) / spread(layers[99]!.activation)).toBeCloseTo(1, 1);
});

test("a linear layer has the chi-squared law", () => {
  const [first] = predicted("linear", "lecun", uniform(16, 1));
  // SciPy: chi2.ppf([.05, .5, .95], 16) / 16
  const wanted = [0.497602, 0.958657, 1.643514];
  const { low, median, high, wide } = first!.preactivation;
  [low, median, high].forEach((value, i) => {
    expect(Math.abs(value / wanted[i]! - 1)).toBeLessThan(0.003);
  });
  expect(wide).toBeCloseTo(1, 12);
});

test.each([2, 4, 16, 256])("cumulants of ln mean square come out of the Laplace transform, n = %d", (n) => {
  const own = unitLaw(activation("linear"), 1, 0, NORMAL).signal(n);
  const exact = logChiSquared(n);
  expect(Math.abs(own.mean - exact.mean)).toBeLessThan(1e-5);
  expect(Math.abs(own.variance / exact.variance - 1)).toBeLessThan(1e-4);
  // mpmath: psi(0, 8) − ln 8, psi(1, 8), psi(2, 8)
  if (n === 16) {
    expect(exact.mean).toBeCloseTo(-0.0638000637, 9);
    expect(exact.variance).toBeCloseTo(0.1331370147, 9);
    expect(exact.third).toBeCloseTo(-0.0176995692, 9);
  }
});

test("a ReLU on a sphere has the variance of a Beta law mixed over the active units", () => {
  const { signal, gradient, correlation } = sphereMoments(activation("relu"), 1, 0, 16, true);
  // (1 + r) (1 + 2/n) = 1 + 5/n
  expect(signal).toBeCloseTo(1 / 6, 6);
  expect(gradient).toBeCloseTo(1 / 6, 6);
  expect(correlation).toBeCloseTo(3 / 8, 6);
});

test("orthogonal weights keep a length exactly, and a linear network of them has no band", () => {
  const layers = predicted("linear", "orthogonal", uniform(16, 30), 9);
  for (const { preactivation, gradient } of layers) {
    for (const value of [preactivation.low, preactivation.median, preactivation.high]) {
      expect(value).toBeCloseTo(9, 3);
    }
    expect(gradient.high / gradient.low).toBeLessThan(1.001);
  }
});

// Measured with 256 × 30 networks of stepzero's own weights, unit inputs: E[z²] last ÷ first.
test.each([
  ["tanh", "auto", 1, 0.0176],
  ["tanh", "he", 1, 0.31],
  ["sigmoid", "auto", 1, 0.27],
  ["sin:30", "auto", 1, 0.68],
])("%s under %s from %d: last over first is ×%d", (name, initialization, inputSquare, ratio) => {
  const layers = predicted(name, initialization, uniform(256, 30), inputSquare);
  const [first, last] = [layers[0]!.preactivation, layers[29]!.preactivation];
  expect(last.low / first.median).toBeLessThan(ratio * 1.05);
  expect(last.high / first.median).toBeGreaterThan(ratio / 1.05);
});

test("forward and back differ: under He tanh's signal shrinks a little and its gradient grows", () => {
  const [first] = predicted("tanh", "he", uniform(256, 30));
  expect(first!.gradient.low).toBeGreaterThan(1.5);
  expect(first!.gradient.high).toBeLessThan(30);
  const [vanishing] = predicted("sigmoid", "auto", uniform(256, 30));
  expect(vanishing!.gradient.median).toBeGreaterThan(5e-38);
  expect(vanishing!.gradient.median).toBeLessThan(2e-36);
});

test("an activation given as an expression has the bands of its name", () => {
  const starts = layerStarts(mlp(uniform(16, 10)), "he");
  const typed = starts.map(
    (one): LayerStart => ({
      ...one,
      activation: one.activation.name === "relu" ? activationOf((z) => Math.max(0, z)) : one.activation,
    }),
  );
  const [a, b] = [predictSignal(starts)[9]!.preactivation, predictSignal(typed)[9]!.preactivation];
  expect(b.median / a.median).toBeCloseTo(1, 6);
  expect(b.low / a.low).toBeCloseTo(1, 6);
});

test("biases, constants and zeros", () => {
  const zeros = predicted("sigmoid", "zeros", [4, 8, 1]);
  expect(zeros[0]!.preactivation.high).toBe(0);
  expect(zeros[0]!.activation.median).toBeCloseTo(0.25, 4);
  expect(zeros[0]!.mean).toBeCloseTo(0.5, 6);
  expect(zeros[0]!.gradient.high).toBe(0);
  const model = mlp([4, 500, 1]);
  const shifted = {
    ...model,
    layers: model.layers.map((layer) => ({ ...layer, biasInitializer: "constant:3" })),
  };
  // z = 3 + N(0, 2): E[z²] = 11
  const [first] = predictSignal(layerStarts(shifted, "he"));
  expect(Math.abs(first!.preactivation.median / 11 - 1)).toBeLessThan(0.01);
});

test("what is no law of these weights says so", () => {
  expect(predicted("relu", "he", uniform(16, 100))[0]!.approximate).toBe(false);
  expect(predicted("relu", "sparse", [16, 16, 4])[0]!.approximate).toBe(true);
  expect(predicted("gelu", "he", uniform(16, 60))[0]!.approximate).toBe(true);
  expect(predicted("gelu", "he", uniform(256, 10))[0]!.approximate).toBe(false);
});

test.each([
  [[], 1, "at least one layer"],
  [layerStarts(mlp([2, 3, 1]), "he"), 0, "inputSquare > 0"],
  [layerStarts(mlp([2, 3, 1]), "he"), Number.NaN, "inputSquare > 0"],
])("bad input is refused", (layers, inputSquare, message) => {
  expect(() => predictSignal(layers, { inputSquare })).toThrow(message);
});
