import { expect, test } from "vitest";
import { InputError } from "../../../base/index.ts";
import { embedding, type Model, residual, unembed } from "../../../model/index.ts";
import { LOSS_FUNCTIONS, network } from "../index.ts";

const model: Model = {
  input: { tokens: 3, length: 2 },
  layers: [embedding(2, { name: "words" }), residual([]), unembed({ tiedTo: "words" })],
};
const parameters = { "words/embedding": { shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) } };

test.each([3, -1, 0.5, Number.NaN])("the token %d is refused by layer", (token) => {
  const forward = () => network(model, parameters).forward(Float64Array.of(0, token), 1);
  expect(forward).toThrow(InputError);
  expect(forward).toThrow(/^words: expected tokens that are integers from 0 to 2, got /);
});

test("a shared table has one gradient, from the way in and the way out, anew at each step", () => {
  const net = network(model, parameters);
  expect(net.parameters.map(({ path }) => path)).toEqual(["words/embedding"]);
  const [{ values, gradient }] = net.parameters as [(typeof net.parameters)[0]];
  const samples = { count: 1, x: Float64Array.of(2, 0), y: Float64Array.of(1, 2) };
  const value = (): number => LOSS_FUNCTIONS.softmax.value(net.forward(samples.x, 1), samples.y, 3, 2);
  value();
  net.backward(samples, LOSS_FUNCTIONS.softmax);
  net.backward(samples, LOSS_FUNCTIONS.softmax);
  const got = [...gradient];
  got.forEach((change, i) => {
    const kept = values[i]!;
    values[i] = kept + 1e-5;
    const above = value();
    values[i] = kept - 1e-5;
    const below = value();
    values[i] = kept;
    expect(change).toBeCloseTo((above - below) / 2e-5, 8);
  });
});
