import { expect, test } from "vitest";
import { type Model, pool } from "../../../model/index.ts";
import { network } from "../index.ts";

const ALL = { input: true, parameters: true };
const made = (model: Model, x: readonly number[], count = 1) => {
  const net = network(model, {});
  const y = [...net.forward(Float64Array.from(x), count)];
  return { y, layer: net.layers[0]!.computed };
};

test("of equal values the first takes the gradient, as in PyTorch", () => {
  const { y, layer } = made(
    { input: [1, 2, 3], layers: [pool("max", { size: [2, 3] })] },
    [1, 4, 2, 4, 4, 0],
  );
  expect(y).toEqual([4]);
  expect([...layer.backward(Float64Array.of(5), ALL)]).toEqual([0, 5, 0, 0, 0, 0]);
  expect([...layer.tangent(Float64Array.of(1, 2, 3, 4, 5, 6))]).toEqual([2]);
});

test("windows that overlap add up what comes back", () => {
  const { y, layer } = made({ input: [1, 4], layers: [pool("max", { size: 3, stride: 1 })] }, [1, 5, 2, 3]);
  expect(y).toEqual([5, 5]);
  expect([...layer.backward(Float64Array.of(1, 10), ALL)]).toEqual([0, 11, 0, 0]);
});

test("the padding is never the largest and never counted, also where all values are negative", () => {
  const model = (how: "max" | "average"): Model => ({
    input: [1, 3],
    layers: [pool(how, { size: 3, stride: 2, padding: 1 })],
  });
  expect(made(model("max"), [-1, -2, -3]).y).toEqual([-1, -2]);
  expect(made(model("average"), [-1, -2, -3]).y).toEqual([-1.5, -2.5]);
  expect(made(model("max"), [-Infinity, -Infinity, 2]).y).toEqual([-Infinity, 2]);
});

test("a NaN is passed on, so that a run that diverges is seen", () => {
  const { y } = made({ input: [1, 4], layers: [pool("max")] }, [Number.NaN, 1, 2, Number.NaN]);
  expect(y).toEqual([Number.NaN, Number.NaN]);
});
