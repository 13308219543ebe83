import { expect, test } from "vitest";
import { qr } from "../math/index.ts";
import { openQrWorkshop } from "./qr-workshop.ts";

/** Numbers without structure, from a small linear congruence. */
const matrix = (rows: number, cols: number): Float64Array => {
  let state = rows * 1000 + cols;
  return Float64Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};
const bits = (values: Float64Array) => new BigUint64Array(values.buffer);

test.each([
  [1, 1],
  [5, 3],
  [4, 4],
  [9, 8],
  [33, 32],
  [70, 67],
  [150, 66],
  [64, 1],
])("the decomposition of a %d × %d matrix by kernels has the plain one's bits", (rows, cols) => {
  const a = matrix(rows, cols);
  const plain = qr(a, rows, cols);
  let opened = 0;
  const fast = qr(a, rows, cols, (values) => {
    const shop = openQrWorkshop(values);
    // A view into the module's memory, not an array of its own.
    if (shop.memory.byteOffset > 0) opened++;
    return shop;
  });
  expect(opened).toBe(1);
  expect(bits(fast.q)).toEqual(bits(plain.q));
  expect(bits(fast.r)).toEqual(bits(plain.r));
});

test("more values than a memory can hold are refused as an array of them is", () => {
  expect(() => openQrWorkshop(2 ** 40)).toThrow(RangeError);
});
