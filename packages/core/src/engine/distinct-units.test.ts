import { expect, test } from "vitest";
import {
  attention,
  conv,
  dense,
  embedding,
  flatten,
  type Layer,
  type Model,
  placedLayers,
  pool,
  sequential,
} from "../model/index.ts";
import { distinctUnitsOf } from "./distinct-units.ts";

/** Of the layer at `path`, its parameters as `values` gives them. */
const distinctOf = (model: Model, path: string, values: Record<string, readonly number[]>) =>
  distinctUnitsOf(placedLayers(model).find((placed) => placed.path === path)!, (one) => values[one]!, 0);

test("a unit of an embedding is a column of its table", () => {
  const model = sequential([embedding(3), flatten(), dense(2)], { input: { tokens: 2, length: 2 } });
  // Rows differ, columns 0 and 2 do not.
  expect(distinctOf(model, "embedding1", { "embedding1/embedding": [1, 2, 1, 3, 4, 3] })).toBe(2);
});

test("a unit of attention is a row of its last projection", () => {
  const model = sequential([attention(1), flatten(), dense(2)], { input: [2, 3] });
  const values = { "attention1/projection/kernel": [1, 2, 1, 2], "attention1/projection/bias": [0, 0] };
  expect(distinctOf(model, "attention1", values)).toBe(1);
  expect(distinctOf(model, "attention1", { ...values, "attention1/projection/bias": [0, 1] })).toBe(2);
});

test("channels of different groups differ, though their weights are alike, unless those are all 0", () => {
  const layers: Layer[] = [conv(4, { kernel: 1, groups: 2, bias: false }), pool("global"), dense(2)];
  const model = sequential(layers, { input: [4, 3] });
  expect(distinctOf(model, "conv1", { "conv1/kernel": [1, 2, 1, 2, 1, 2, 3, 4] })).toBe(3);
  expect(distinctOf(model, "conv1", { "conv1/kernel": new Array(8).fill(0) })).toBe(1);
});

test("what has no weights of its own has no units to tell apart", () => {
  const model = sequential([conv(4, { kernel: 1 }), pool("global"), dense(2)], { input: [4, 3] });
  expect(distinctOf(model, "pool1", {})).toBeNull();
});
