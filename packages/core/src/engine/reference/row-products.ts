/** @file Sums over rows of samples, four rows a pass over them: what dense layers and convolutions are made of. */

/**
 * sum + w · (row 0 of x) + w · (row 1) + …, in this order. Row r of x begins at `at + r · stride`, its weight is at
 * `weight + r · step`.
 */
export const addRows = (
  sum: Float64Array,
  x: Float64Array,
  at: number,
  stride: number,
  rows: number,
  w: Float64Array,
  weight: number,
  step: number,
): void => {
  const { length } = sum;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const first = weight + row * step;
    const [w0, w1] = [w[first]!, w[first + step]!];
    const [w2, w3] = [w[first + 2 * step]!, w[first + 3 * step]!];
    const x0 = at + row * stride;
    const [x1, x2, x3] = [x0 + stride, x0 + 2 * stride, x0 + 3 * stride];
    for (let s = 0; s < length; s++) {
      sum[s] = sum[s]! + w0 * x[x0 + s]! + w1 * x[x1 + s]! + w2 * x[x2 + s]! + w3 * x[x3 + s]!;
    }
  }
  for (; row < rows; row++) {
    const factor = w[weight + row * step]!;
    const from = at + row * stride;
    for (let s = 0; s < length; s++) sum[s] = sum[s]! + factor * x[from + s]!;
  }
};

/** Adds to the sum at `into + r · step` y times row r of x, which begins at `at + r · stride`. */
export const addProducts = (
  sums: Float64Array,
  into: number,
  step: number,
  y: Float64Array,
  x: Float64Array,
  at: number,
  stride: number,
  rows: number,
): void => {
  const { length } = y;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const x0 = at + row * stride;
    const [x1, x2, x3] = [x0 + stride, x0 + 2 * stride, x0 + 3 * stride];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let s = 0; s < length; s++) {
      const value = y[s]!;
      a += value * x[x0 + s]!;
      b += value * x[x1 + s]!;
      c += value * x[x2 + s]!;
      d += value * x[x3 + s]!;
    }
    const sum = into + row * step;
    sums[sum] = sums[sum]! + a;
    sums[sum + step] = sums[sum + step]! + b;
    sums[sum + 2 * step] = sums[sum + 2 * step]! + c;
    sums[sum + 3 * step] = sums[sum + 3 * step]! + d;
  }
  for (; row < rows; row++) {
    const from = at + row * stride;
    let sum = 0;
    for (let s = 0; s < length; s++) sum += y[s]! * x[from + s]!;
    sums[into + row * step] = sums[into + row * step]! + sum;
  }
};
