import { expect, test } from "vitest";
import { activation, activationSpec, activations } from "./index.ts";

const POINTS = [-30, -7.3, -3.001, -2.2, -1.3, -0.6, -0.2, 0.13, 0.45, 0.9, 1.7, 2.6, 3.4, 8.1, 30];

test.each(activations)(
  "$name: φ′ and φ″ are the slopes of φ and φ′",
  ({ value, derivative, second, kinks }) => {
    const h = 1e-5;
    for (const z of POINTS.filter((point) => kinks.every((kink) => Math.abs(point - kink) > 1e-3))) {
      const slope = (value(z + h) - value(z - h)) / (2 * h);
      const bend = (derivative(z + h) - derivative(z - h)) / (2 * h);
      expect(Math.abs(derivative(z) - slope)).toBeLessThan(1e-9 + 2e-9 * Math.abs(value(z)));
      expect(Math.abs(second(z) - bend)).toBeLessThan(1e-9);
    }
  },
);

test.each(activations)("$name: finite for every finite z, NaN for NaN", ({ value, derivative, second }) => {
  for (const z of [-1e300, -1e4, 0, 1e4, 1e300]) {
    for (const f of [value, derivative, second]) expect(Number.isFinite(f(z))).toBe(true);
  }
  expect(value(Number.NaN)).toBeNaN();
});

// Values by closed forms in mpmath, 16 digits.
test.each([
  ["relu", -1.5, 0],
  ["leakyRelu:0.2", -1.5, -0.3],
  ["elu", -1.5, -0.7768698398515702],
  ["selu", -1.5, -1.3658143533672527],
  ["gelu", 1, 0.8413447460685429],
  ["geluTanh", 1, 0.8411919906082768],
  ["silu", 1, 0.7310585786300049],
  ["mish", 1, 0.8650983882673103],
  ["softplus", 1, 1.3132616875182228],
  ["tanh", 0.5, 0.4621171572600098],
  ["sigmoid", 0.5, 0.6224593312018546],
  ["hardTanh", 1.5, 1],
  ["softsign", -3, -0.75],
  ["sin:30", 0.1, 0.1411200080598672],
] as const)("%s(%d) is %d", (name, z, wanted) => {
  expect(Math.abs(activation(name).value(z) - wanted)).toBeLessThan(4e-16);
});

test("names, aliases, values and options mean the same activation", () => {
  expect(activationSpec("leaky-relu:0.2")).toEqual({ name: "leakyRelu", negativeSlope: 0.2 });
  expect(activationSpec({ name: "lrelu", negativeSlope: 0.01 })).toBe("leakyRelu");
  for (const { name, aliases } of activations) {
    for (const alias of [name, ...aliases]) expect(activation(alias).name).toBe(name);
  }
});

test("the fitting gain of an activation keeps its second moment", () => {
  // 1 / √E[φ²] by mpmath
  for (const [name, gain] of [
    ["gelu", 1.53353],
    ["silu", 1.67653],
    ["mish", 1.48685],
    ["elu", 1.2452],
    ["softplus", 1.04187],
  ] as const) {
    const { fitting } = activation(name);
    expect((fitting as unknown as { gain: number }).gain).toBeCloseTo(gain, 5);
  }
});

test("unknown names and options are refused with what to write", () => {
  expect(() => activation("rellu")).toThrow('unknown activation "rellu".\n  Did you mean "relu"?');
  expect(() => activation("relu:2")).toThrow("relu: takes no value");
  expect(() => activation("leakyRelu:x")).toThrow('expected a finite number after the colon, got "x"');
  expect(() => activation({ name: "elu", aplha: 1 })).toThrow('Did you mean "alpha"?');
});
