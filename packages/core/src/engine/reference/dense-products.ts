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
    const out = o * batch;
    for (let s = 0; s < batch; s++) z[out + s] = b === null ? 0 : b[o]!;
    for (let i = 0; i < inputs; i++) {
      const weight = w[o * inputs + i]!;
      const from = i * batch;
      for (let s = 0; s < batch; s++) z[out + s] = z[out + s]! + weight * x[from + s]!;
    }
  }
};

/** Adds ∂loss/∂Z · Xᵀ to ∂loss/∂W, and the sums of its rows to ∂loss/∂b. */
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
    const out = o * batch;
    if (db !== null) {
      let bias = 0;
      for (let s = 0; s < batch; s++) bias += dz[out + s]!;
      db[o] = db[o]! + bias;
    }
    for (let i = 0; i < inputs; i++) {
      const from = i * batch;
      let sum = 0;
      for (let s = 0; s < batch; s++) sum += dz[out + s]! * x[from + s]!;
      dw[o * inputs + i] = dw[o * inputs + i]! + sum;
    }
  }
};

/** ∂loss/∂X = Wᵀ · ∂loss/∂Z */
export const denseBackwardInput = (
  dz: Float64Array,
  w: Float64Array,
  dx: Float64Array,
  inputs: number,
  outputs: number,
  batch: number,
): void => {
  for (let i = 0; i < inputs; i++) {
    const into = i * batch;
    dx.fill(0, into, into + batch);
    for (let o = 0; o < outputs; o++) {
      const weight = w[o * inputs + i]!;
      const out = o * batch;
      for (let s = 0; s < batch; s++) dx[into + s] = dx[into + s]! + weight * dz[out + s]!;
    }
  }
};
