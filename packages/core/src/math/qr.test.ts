import { describe, expect, test } from "vitest";
import { qr } from "./qr.ts";

/** Numbers without structure, from a small linear congruence. */
const matrix = (rows: number, cols: number): Float64Array => {
  let state = rows * 1000 + cols;
  return Float64Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
};

const product = (a: Float64Array, b: Float64Array, rows: number, inner: number, cols: number) =>
  Float64Array.from({ length: rows * cols }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[Math.floor(at / cols) * inner + k]! * b[k * cols + (at % cols)]!;
    return sum;
  });

const distance = (a: ArrayLike<number>, b: (i: number) => number): number => {
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b(i)));
  return worst;
};

const gram = (q: Float64Array, rows: number, cols: number): Float64Array => {
  const transposed = Float64Array.from(
    { length: rows * cols },
    (_, at) => q[(at % rows) * cols + Math.floor(at / rows)]!,
  );
  return product(transposed, q, cols, rows, cols);
};

describe.each([
  [1, 1],
  [2, 1],
  [5, 3],
  [7, 7],
  [8, 4],
  [33, 32],
  [40, 33],
  [64, 64],
  [70, 67],
])("of a %d × %d matrix", (rows, cols) => {
  const a = matrix(rows, cols);
  const { q, r } = qr(a, rows, cols);

  test("Q · R is the matrix", () => {
    expect(distance(product(q, r, rows, cols, cols), (i) => a[i]!)).toBeLessThan(1e-14 * rows);
  });

  test("the columns of Q are orthonormal", () => {
    expect(distance(gram(q, rows, cols), (i) => (i % (cols + 1) === 0 ? 1 : 0))).toBeLessThan(1e-14 * rows);
  });

  test("R is zero below the diagonal, exactly", () => {
    for (let i = 0; i < cols; i++) for (let j = 0; j < i; j++) expect(r[i * cols + j]).toBe(0);
  });
});

test("a matrix of rank one leaves Q orthonormal", () => {
  const a = Float64Array.from({ length: 30 }, (_, at) => Math.floor(at / 5) + 1);
  const { q } = qr(a, 6, 5);
  expect(distance(gram(q, 6, 5), (i) => (i % 6 === 0 ? 1 : 0))).toBeLessThan(1e-14);
});

test("a matrix of zeros has Q the identity and R zero", () => {
  const { q, r } = qr(new Float64Array(6), 3, 2);
  expect([...q]).toEqual([1, 0, 0, 1, 0, 0]);
  expect([...r]).toEqual([0, 0, 0, 0]);
});

test.each([1e-200, 1e200])("a matrix scaled by %d neither under- nor overflows", (scale) => {
  const plain = qr(matrix(6, 4), 6, 4);
  const scaled = qr(
    matrix(6, 4).map((x) => x * scale),
    6,
    4,
  );
  expect(distance(scaled.q, (i) => plain.q[i]!)).toBeLessThan(1e-13);
});

test("fewer rows than columns are refused", () => {
  expect(() => qr(new Float64Array(6), 2, 3)).toThrow(RangeError);
});
