import { expect, test } from "vitest";
import { bits, kernels, NUMBERS, START, same } from "./against-twin.ts";
import { CODE } from "./codes.ts";

/** Places of weights, gradients, three slots, and scratch. */
const [W, G, A, B, C, SCRATCH] = [65_536, 98_304, 131_072, 163_840, 196_608, 229_376];
const SIZES = [1, 2, 3, 4, 5, 7, 8, 17, 91, 1027];

/** Puts numbers where the plan's state points, and makes some slots positive. */
const given =
  (numbers: readonly number[], positive: readonly number[] = []) =>
  (floats: Float32Array, words: Int32Array): void => {
    numbers.forEach((value, i) => {
      floats[NUMBERS / 4 + 8 + i] = value;
    });
    words[START / 4 + 43] = NUMBERS;
    for (const at of positive)
      for (let i = 0; i < 1100; i++) floats[at / 4 + i] = Math.abs(floats[at / 4 + i]!) + 4;
  };

test("updates by momentum equal their twin bit for bit in every form, and leave all else untouched", () => {
  for (const n of SIZES) {
    for (const flags of [0, 1, 3]) {
      same([CODE.updateMomentum, W, G, A, n, flags, 32], given([0.999, 0.01, 0.9, 0.7, 1, 0.05]));
    }
  }
});

test("updates by mean and mean square equal their twin bit for bit in every form", () => {
  for (const n of SIZES) {
    for (const flags of [0, 1]) {
      for (const own of [0, 0.02]) {
        const numbers = [0.999, 0.01, 0.1, 0.999, 0.001, 1.7, 1e-8, 0.03, own];
        same([CODE.updateMoments, W, G, A, B, C, n, flags, 32], given(numbers, [B, C]));
      }
    }
  }
});

test("updates by squares equal their twin bit for bit in every form", () => {
  for (const n of SIZES) {
    for (const flags of [0, 1, 2, 3]) {
      for (const [inside, outside] of [
        [0, 1e-8],
        [1e-7, 0],
      ] as const) {
        const numbers = [0.999, 0.01, 0.9, 0.1, inside, outside, 0.8, 0.5, 0.03];
        same([CODE.updateSquares, W, G, A, B, C, n, flags, 32], given(numbers, [A]));
      }
    }
  }
});

test("updates of matrices equal their twin bit for bit: square, wide, tall, a row, a column, one value", () => {
  for (const [rows, columns] of [
    [1, 1],
    [1, 7],
    [7, 1],
    [4, 4],
    [5, 5],
    [3, 10],
    [10, 3],
    [16, 9],
    [9, 16],
  ]) {
    for (const norm of [-1e-7, 1e-7]) {
      const op = [CODE.updateMatrix, W, G, A, rows!, columns!, SCRATCH, bits(norm), 32];
      same(op, given([0.999, 0.95, 0.05, 0.05, 0.95, 0.02]));
    }
  }
});

test("clipping equals its twin bit for bit", () => {
  for (const n of SIZES) {
    for (const [value, norm] of [
      [0.5, 0],
      [0, 0.7],
      [0.5, 0.7],
      [0, 1e6],
    ]) {
      same([CODE.clip, G, n, bits(value!), bits(norm!), bits(1e-6)]);
    }
  }
});

test("the numbers of the next update follow those of this one", () => {
  same([CODE.nextNumbers, 64], given([]));
});

test("a weight that is not finite ends the run where it is met", () => {
  const floats = new Float32Array(kernels.memory.buffer);
  const words = new Int32Array(kernels.memory.buffer);
  const run = (op: readonly number[], bad: number, at: number): number => {
    floats.fill(0.5, START / 4);
    given([1, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])(floats, words);
    floats[G / 4 + at] = bad;
    words.fill(0, START / 4, START / 4 + 40);
    words.set(op, START / 4);
    return kernels.run(START, 1, START + 160);
  };
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const at of [0, 5, 16]) {
      for (const op of [
        [CODE.updateMomentum, W, G, A, 17, 1, 32],
        [CODE.updateMoments, W, G, A, B, C, 17, 0, 32],
        [CODE.updateSquares, W, G, A, B, C, 17, 2, 32],
        [CODE.updateMatrix, W, G, A, 1, 17, SCRATCH, bits(1e-7), 32],
      ]) {
        expect(run(op, bad, at)).toBe(-1);
        expect(run(op, 0.25, at)).toBe(1);
      }
    }
  }
});
