import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { balancedAccuracy, classSizes } from "../target.ts";
import { LOSS_FUNCTIONS } from "./losses.ts";

interface Case {
  readonly loss: "softmax" | "bce";
  readonly outputs: number;
  readonly positions: number;
  readonly samples: number;
  readonly z: number[];
  readonly y: number[];
  readonly value: number;
  readonly gradient: number[];
  readonly accuracy: number;
  readonly sequenceAccuracy: number;
}
const { cases } = JSON.parse(readFileSync(new URL("losses.golden.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

test.each(cases)("$loss of $outputs outputs over positions that do not all count is PyTorch's", (wanted) => {
  const { outputs, positions, samples } = wanted;
  const loss = LOSS_FUNCTIONS[wanted.loss];
  const [z, y] = [Float64Array.from(wanted.z), Float64Array.from(wanted.y)];
  const count = positions * samples;
  expect(loss.value(z, y, outputs, count)).toBeCloseTo(wanted.value, 13);
  const dz = new Float64Array(z.length).fill(9);
  loss.gradient(dz, z, y, outputs, count);
  dz.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted.gradient[i]!, 14);
  });
  expect(loss.accuracy(z, y, outputs, count)).toBeCloseTo(wanted.accuracy, 14);
  expect(loss.sequenceAccuracy(z, y, outputs, samples)).toBeCloseTo(wanted.sequenceAccuracy, 14);
});

test("what does not count has neither a class's size nor a part in the balanced accuracy", () => {
  // Class 0 three times, twice right; class 1 once, right; class 2 never; two positions that do not count.
  const y = Float64Array.of(0, -1, 0, 1, -1, 0);
  const z = Float64Array.of(...[1, 0, 0, 0, 9, 1], ...[0, 0, 1, 1, 0, 0], ...[0, 9, 0, 0, 0, 0]);
  const sizes = classSizes(y, 3);
  expect([...sizes.sizes]).toEqual([3, 1, 1]);
  expect(sizes.present).toBe(2);
  const correct = LOSS_FUNCTIONS.softmax.correct(z, y, 3, 6)!;
  expect([...correct]).toEqual([2, 1, 0]);
  expect(balancedAccuracy(correct, sizes)).toBeCloseTo((2 / 3 + 1) / 2, 14);
});

test("a sample is whole where every position that counts is right, whatever the others say", () => {
  // [positions][samples]: sample 0 is right at both that count, sample 1 at one of two.
  const y = Float64Array.of(-1, 1, 1, 0, 0, 1);
  const z = Float64Array.of(5, 5, 5, -5, -5, -5);
  expect(LOSS_FUNCTIONS.bce.sequenceAccuracy(z, y, 1, 2)).toBe(0.5);
  expect(LOSS_FUNCTIONS.bce.accuracy(z, y, 1, 6)).toBe(4 / 5);
  expect(LOSS_FUNCTIONS.mse.sequenceAccuracy(z, y, 1, 2)).toBeNull();
});
