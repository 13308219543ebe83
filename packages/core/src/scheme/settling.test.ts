import { expect, test } from "vitest";
import { activation, activations } from "../activation/index.ts";
import {
  activate,
  batchNorm,
  conv,
  dense,
  type Layer,
  mlp,
  pool,
  residual,
  sequential,
} from "../model/index.ts";
import { critical, moments } from "../theory/index.ts";
import { explainInitialization, initialize, parameterStarts } from "./index.ts";

const SETTLING = ["gelu", "geluTanh", "silu", "mish", "hardSwish"];
const deep = (name: string, hidden = activation(name).settling?.from ?? 10) =>
  mlp([20, ...Array<number>(hidden).fill(30), 4], { activation: name });

test("the settling pair of an activation is critical, stable from every length, and where it settles", () => {
  const names = activations.flatMap(({ name, settling }) => (settling === undefined ? [] : [name]));
  expect(names).toEqual(SETTLING);
  for (const name of names) {
    const { biasVariance, weightVariance, length } = activation(name).settling!;
    const { pair } = critical(activation(name), biasVariance);
    expect(pair).toMatchObject({ stability: "stable", settlesFrom: [0, Infinity] });
    const rounded = (value: number): number => Number(value.toPrecision(6));
    expect([rounded(pair!.weightVariance), rounded(pair!.length!)]).toEqual([weightVariance, length]);
    expect(critical(activation(name), 0).pair).toBeNull();
  }
});

test.each(SETTLING)("deep networks of %s get it: first layer, hidden layers, output", (name) => {
  const { biasVariance, weightVariance, length } = activation(name).settling!;
  const layers = explainInitialization(deep(name), { name: "auto", inputSquare: 4 });
  const [first, second] = layers;
  const last = layers.at(-1)!;
  expect(20 * first!.std! * first!.std!).toBeCloseTo(length / 4, 10);
  expect(30 * second!.std! * second!.std!).toBeCloseTo(weightVariance, 10);
  expect(second!.bias).toEqual({ name: "random", std: Math.sqrt(biasVariance) });
  expect(30 * last.std! * last.std! * moments(activation(name), length).square).toBeCloseTo(1, 4);
  expect([first!.bias.name, last.bias.name]).toEqual(["zeros", "zeros"]);
  expect(second!.reason).toContain("critical weight variance without biases: none");
});

test("inputs of unknown size count as small ones, and outputs keep two thirds of its length, in logarithms", () => {
  const { length } = activation("silu").settling!;
  const layers = explainInitialization(deep("silu"));
  const last = layers.at(-1)!;
  expect(20 * layers[0]!.std! ** 2).toBeCloseTo(length / 0.25, 8);
  expect(30 * last.std! ** 2 * moments(activation("silu"), length).square).toBeCloseTo(
    Math.cbrt(length * length),
    3,
  );
  expect(layers[0]!.reason).toContain("unknown size, counted as E[x²] = 0.25");
});

test("over fewer hidden layers, and at any depth other activations, get what they got", () => {
  const shallow = explainInitialization(deep("silu", 9));
  expect(shallow.map(({ initializer }) => initializer)).toEqual(
    Array(10)
      .fill({ name: "heNormal", gain: 1 / Math.sqrt(moments(activation("silu")).square) })
      .map(({ name, gain }) => ({ name, gain: expect.closeTo(gain, 8) })),
  );
  expect(shallow[2]!.reason).toContain("critical weight variance of silu without biases: none");
  expect(shallow.every(({ bias }) => bias.name === "zeros")).toBe(true);
  expect(initialize(deep("relu"))).toEqual(initialize(deep("relu"), { initialization: "he" }));
  expect(initialize(deep("tanh"))).toEqual(initialize(deep("tanh"), { initialization: "glorotNormal" }));
  expect(initialize(deep("elu"))).toEqual(
    initialize(deep("elu"), { initialization: activation("elu").fitting as never }),
  );
});

test.each([0, -1, Number.NaN])("an inputSquare of %d is refused", (inputSquare) => {
  expect(() => explainInitialization(deep("gelu"), { name: "auto", inputSquare })).toThrow("inputSquare > 0");
});

test("convolutions get it too; what is normalized, in residual blocks or without biases gets what it got", () => {
  const settles = (layers: readonly Layer[]): boolean => {
    const starts = parameterStarts(
      sequential([...layers, pool("global"), dense(3)], { input: [2, 8, 8] }),
      "auto",
    );
    return starts.some(({ slot, initializer }) => slot.role === "bias" && initializer.random);
  };
  const own = (options: object = {}) => conv(4, { kernel: 1, activation: "silu", ...options });
  const many = <T>(layers: readonly T[]): T[] => Array.from({ length: 12 }, () => layers).flat();
  expect(settles(many([own()]))).toBe(true);
  expect(settles(many([own({ bias: false })]))).toBe(false);
  expect(settles(many([conv(4, { kernel: 1 }), batchNorm(), activate("silu")]))).toBe(false);
  expect(settles(many([batchNorm(), own()]))).toBe(false);
  expect(settles([conv(4, { kernel: 1 }), ...many([residual([own(), conv(4, { kernel: 1 })])])])).toBe(false);
});
