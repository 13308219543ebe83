import { addProducts, addRows } from "./row-products.ts";

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
    addRows(row, x, 0, batch, inputs, w, o * inputs, 1);
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
    addProducts(dw, o * inputs, 1, row, x, 0, batch, inputs);
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
    addRows(row, dz, 0, batch, outputs, w, i, inputs);
  }
};
