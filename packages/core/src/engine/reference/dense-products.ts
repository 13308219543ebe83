/**
 * Z = W · X + b over samples side by side: X `[I, B]`, W `[O, I]`, b `[O]`, Z `[O, B]`.
 * Each sum starts at the bias and adds inputs 0, 1, 2, ….
 */
export const denseForward = (
  w: Float64Array,
  b: Float64Array | null,
  x: Float64Array,
  z: Float64Array,
  inputs: number,
  outputs: number,
  batch: number,
): void => {
  for (let o = 0; o < outputs; o++) {
    const row = z.subarray(o * batch, (o + 1) * batch).fill(b === null ? 0 : b[o]!);
    addRows(row, x, inputs, w, o * inputs, 1);
  }
};

/** Adds ∂loss/∂Z · Xᵀ to ∂loss/∂W, and the sums of its rows to ∂loss/∂b; each sum over the samples in their order. */
export const denseBackwardParameters = (
  dz: Float64Array,
  x: Float64Array,
  dw: Float64Array,
  db: Float64Array | null,
  inputs: number,
  outputs: number,
  batch: number,
): void => {
  for (let o = 0; o < outputs; o++) {
    const row = dz.subarray(o * batch, (o + 1) * batch);
    if (db !== null) {
      let bias = 0;
      for (let s = 0; s < batch; s++) bias += row[s]!;
      db[o] = db[o]! + bias;
    }
    addProducts(dw.subarray(o * inputs, (o + 1) * inputs), row, x, inputs);
  }
};

/** ∂loss/∂X = Wᵀ · ∂loss/∂Z; each sum adds outputs 0, 1, 2, …. */
export const denseBackwardInput = (
  dz: Float64Array,
  w: Float64Array,
  dx: Float64Array,
  inputs: number,
  outputs: number,
  batch: number,
): void => {
  for (let i = 0; i < inputs; i++) {
    const row = dx.subarray(i * batch, (i + 1) * batch).fill(0);
    addRows(row, dz, outputs, w, i, inputs);
  }
};

/** sum + w[at] · (row 0 of x) + w[at + stride] · (row 1) + …, in this order, four rows a pass over the sums. */
const addRows = (
  sum: Float64Array,
  x: Float64Array,
  rows: number,
  w: Float64Array,
  at: number,
  stride: number,
): void => {
  const { length } = sum;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const weight = at + row * stride;
    const [w0, w1] = [w[weight]!, w[weight + stride]!];
    const [w2, w3] = [w[weight + 2 * stride]!, w[weight + 3 * stride]!];
    const x0 = row * length;
    const [x1, x2, x3] = [x0 + length, x0 + 2 * length, x0 + 3 * length];
    for (let s = 0; s < length; s++) {
      sum[s] = sum[s]! + w0 * x[x0 + s]! + w1 * x[x1 + s]! + w2 * x[x2 + s]! + w3 * x[x3 + s]!;
    }
  }
  for (; row < rows; row++) {
    const weight = w[at + row * stride]!;
    const from = row * length;
    for (let s = 0; s < length; s++) sum[s] = sum[s]! + weight * x[from + s]!;
  }
};

/** Adds to each sum y times a row of x, four of them at once. */
const addProducts = (sums: Float64Array, y: Float64Array, x: Float64Array, rows: number): void => {
  const { length } = y;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const x0 = row * length;
    const [x1, x2, x3] = [x0 + length, x0 + 2 * length, x0 + 3 * length];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let s = 0; s < length; s++) {
      const value = y[s]!;
      a += value * x[x0 + s]!;
      b += value * x[x1 + s]!;
      c += value * x[x2 + s]!;
      d += value * x[x3 + s]!;
    }
    sums[row] = sums[row]! + a;
    sums[row + 1] = sums[row + 1]! + b;
    sums[row + 2] = sums[row + 2]! + c;
    sums[row + 3] = sums[row + 3]! + d;
  }
  for (; row < rows; row++) {
    const from = row * length;
    let sum = 0;
    for (let s = 0; s < length; s++) sum += y[s]! * x[from + s]!;
    sums[row] = sums[row]! + sum;
  }
};
