import { expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import type { Source } from "../random/index.ts";
import { initializer } from "./spec.ts";

/** Refuses to be drawn from. */
const untouchable: Source = {
  generator: "none",
  dtype: "float32",
  at: () => untouchable,
  fill: () => {
    throw new Error("drawn from");
  },
  shuffle: () => {
    throw new Error("shuffled");
  },
};

const shape = [64, 16, 5, 5];

test.each([
  ["heNormal", Math.sqrt(2 / 400)],
  ["heUniform", Math.sqrt(2 / 400)],
  ["glorotNormal", Math.sqrt(2 / 2000)],
  ["glorotUniform", Math.sqrt(2 / 2000)],
  ["lecunNormal", Math.sqrt(1 / 400)],
  ["lecunUniform", Math.sqrt(1 / 400)],
])("%s has the paper's standard deviation on a convolution", (name, std) => {
  expect(initializer(name).std(shape)).toBe(std);
});

test.each([
  ["in", 400],
  ["out", 1600],
  ["average", 1000],
  ["geometric", 800],
])("fan %s divides the variance by %d", (fan, divisor) => {
  expect(initializer({ name: "varianceScaling", fan }).std(shape)).toBeCloseTo(1 / Math.sqrt(divisor), 15);
});

test("He's σ is √(2 / fanIn) to the last bit", () => {
  for (const fanIn of [2, 3, 5, 10, 784]) {
    expect(initializer("he").distribution([4, fanIn])).toEqual({
      kind: "normal",
      mean: 0,
      std: Math.sqrt(2 / fanIn),
      variance: 2 / fanIn,
      scaling: { gain: Math.SQRT2, fan: fanIn, mode: "in" },
    });
  }
});

test("a shape without a fan is refused unless the fans are given", () => {
  expect(() => initializer("he").std([128])).toThrow(
    /heNormal: expected a weight shape with at least 2 axes/,
  );
  expect(initializer("he").std([128], { fanIn: 2, fanOut: 128 })).toBe(1);
});

test.each([0, -1, Number.NaN])("a given fan of %d is refused", (fanIn) => {
  expect(() => initializer("he").std([4, 3], { fanIn, fanOut: 4 })).toThrow(InputError);
});

test("a tensor without elements draws nothing", () => {
  expect(initializer("he").draw([4, 0], untouchable).data).toHaveLength(0);
  expect(initializer("he").draw([0, 4], untouchable).data).toHaveLength(0);
});

test("constants draw nothing from the source", () => {
  expect([...initializer("zeros").draw([2], untouchable).data]).toEqual([0, 0]);
  expect([...initializer("constant:3").draw([2], untouchable).data]).toEqual([3, 3]);
});

test("a range outside the tensor is refused", () => {
  expect(() => initializer("he").fill(new Float32Array(3), [2, 2], untouchable, { start: 2 })).toThrow(
    /range/,
  );
});
