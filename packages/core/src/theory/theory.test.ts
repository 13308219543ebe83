import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { activation, activationOf, activations } from "../activation/index.ts";
import { critical, expectation, gains, moments, theory } from "./index.ts";

// 1 / rms φ, 1 / std φ, 1 / rms φ′ by quadrature in mpmath, and σ with E[φ(σz)²] = 1.
const TABLE: [string, (x: number) => number, number, number, number][] = [
  ["relu", (x) => Math.max(0, x), Math.SQRT2, 1.71286, Math.SQRT2],
  ["tanh", Math.tanh, 1.59254, 1.59254, 1.46741],
  ["sigmoid", (x) => 1 / (1 + Math.exp(-x)), 1.84623, 4.80131, 4.72265],
  ["silu", (x) => x / (1 + Math.exp(-x)), 1.67653, 1.78719, 1.62332],
  ["elu", (x) => (x > 0 ? x : Math.expm1(x)), 1.2452, 1.27084, 1.22343],
  ["mish", (x) => x * Math.tanh(Math.log1p(Math.exp(x))), 1.48685, 1.59203, 1.44476],
  ["softplus", (x) => Math.log1p(Math.exp(x)), 1.04187, 1.91913, 1.84623],
];

test.each(TABLE)("gains of %s come out by name and as an expression", (name, f, rms, std, derivative) => {
  for (const phi of [activation(name), activationOf(f)]) {
    const own = gains(phi);
    for (const [value, wanted] of [
      [own.rms, rms],
      [own.std, std],
      [own.derivative, derivative],
    ] as const) {
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(5.1e-6);
    }
  }
});

test("other gains: gelu, selu, and the fixed points", () => {
  const { rms, std, derivative } = gains(activation("gelu"));
  [rms - 1.53353, std - 1.70093, derivative - 1.48111].forEach((gap) => {
    expect(Math.abs(gap)).toBeLessThanOrEqual(5.1e-6);
  });
  expect(gains(activation("selu")).derivative).toBeCloseTo(0.96603, 5);
  expect(gains(activation("silu")).fixedPoint).toBeCloseTo(1.5588, 4);
  expect(gains(activation("tanh")).fixedPoint).toBeNull();
});

// The curve of Schoenholz et al.
test.each([
  [0.001, 1.18919],
  [0.01, 1.42421],
  [0.05, 1.76095],
  [0.1, 1.98607],
  [0.3, 2.50513],
])("tanh is critical at bias variance %d, weight variance %d", (bias, weight) => {
  expect(critical(activation("tanh"), bias).pair!.weightVariance).toBeCloseTo(weight, 5);
});

test("tanh in the ordered phase", () => {
  const at = (weightVariance: number) => theory(activation("tanh"), { weightVariance, biasVariance: 0.05 });
  expect(at(1).chi1).toBeCloseTo(0.75903, 5);
  expect(at(1).depthScale.correlation).toBeCloseTo(3.627, 3);
  expect(at(1.5).chi1).toBeCloseTo(0.93864, 5);
  expect(at(1.5).depthScale.correlation).toBeCloseTo(15.79, 2);
  expect([at(1).phase, at(3).phase]).toEqual(["ordered", "chaotic"]);
});

test("ReLU is critical at (2, 0), where every length stays", () => {
  expect(theory(activation("relu"))).toMatchObject({
    weightVariance: 2,
    fixedPoint: null,
    chi1: 1,
    phase: "critical",
    depthScale: { correlation: Infinity, length: Infinity },
  });
  expect(theory(activation("relu"), { weightVariance: 1, biasVariance: 0.5 }).fixedPoint).toBe(1);
});

test.each(activations)("$name: moments follow from the integral of a fine grid", (phi) => {
  const step = 1e-3;
  let square = 0;
  for (let z = -12 + step / 2; z < 12; z += step) {
    square += (phi.value(z) ** 2 * Math.exp((-z * z) / 2) * step) / Math.sqrt(2 * Math.PI);
  }
  expect(Math.abs(moments(phi).square / square - 1)).toBeLessThan(1e-6);
});

const { rows } = JSON.parse(readFileSync(new URL("moments.golden.json", import.meta.url), "utf8")) as {
  rows: [number, number, number, number, number, number, number, number, number][];
};

test("moments of 1,000 random smooth and kinked functions agree with SciPy to 1e-8", () => {
  expect(rows).toHaveLength(1000);
  for (const [a, b, c, d, e, f, g, mean, square] of rows) {
    const value = (z: number) =>
      a * Math.tanh(b * z + c) + d * Math.max(0, z - e) + f * Math.sin(g * z) + 0.1 * z * z;
    const { kinks } = activationOf(value);
    expect(Math.abs(expectation(value, kinks).value - mean)).toBeLessThan(1e-8);
    expect(Math.abs(expectation((z) => value(z) ** 2, kinks).value - square)).toBeLessThan(1e-8);
  }
}, 240_000);

test("what has no moments is refused", () => {
  expect(() => gains(activationOf((x) => Math.exp(x * x)))).toThrow("not square-integrable");
  expect(() => gains(activationOf((x) => 1 / x))).toThrow("not square-integrable");
  expect(() => activationOf(() => Number.NaN)).toThrow("got NaN");
  expect(() => activationOf(3 as unknown as (z: number) => number)).toThrow("expected a function");
  expect(() => theory(activation("relu"), { weightVariance: -1 })).toThrow("expected a finite number ≥ 0");
});
