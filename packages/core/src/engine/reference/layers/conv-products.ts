import type { Taps } from "./taps.ts";

/** A convolution's sizes; features of one group read features of the same group alone. */
export interface ConvShape {
  readonly taps: Taps;
  readonly groups: number;
  /** Features in and out of each group. */
  readonly inputs: number;
  readonly outputs: number;
  readonly batch: number;
}

/** Calls `visit` for each weight and each position of the output at which it reads an input, in the order of the sums. */
const eachProduct = (
  { taps: { count, inputs: length, outputs: places, from }, groups, inputs, outputs, batch }: ConvShape,
  visit: (weight: number, into: number, at: number) => void,
): void => {
  let weight = 0;
  for (let o = 0; o < groups * outputs; o++) {
    const first = Math.floor(o / outputs) * inputs;
    for (let i = 0; i < inputs; i++) {
      for (let tap = 0; tap < count; tap++, weight++) {
        for (let p = 0; p < places; p++) {
          const q = from[tap * places + p]!;
          if (q >= 0) visit(weight, (o * places + p) * batch, ((first + i) * length + q) * batch);
        }
      }
    }
  }
};

/**
 * z[o][p] = b[o] + Σ w[o][i][tap] · x[i][from(tap, p)] over samples side by side. Each sum starts at the bias and adds
 * the inputs of the group, 0, 1, 2, …, and the taps of each.
 */
export const convForward = (
  w: Float64Array,
  b: Float64Array | null,
  x: Float64Array,
  z: Float64Array,
  shape: ConvShape,
): void => {
  const { batch, taps } = shape;
  const row = taps.outputs * batch;
  if (b === null) z.fill(0);
  else for (const [o, bias] of b.entries()) z.fill(bias, o * row, (o + 1) * row);
  eachProduct(shape, (weight, into, at) => {
    const value = w[weight]!;
    for (let s = 0; s < batch; s++) z[into + s] = z[into + s]! + value * x[at + s]!;
  });
};

/** Adds ∂loss/∂w and ∂loss/∂b. */
export const convBackwardParameters = (
  dz: Float64Array,
  x: Float64Array,
  dw: Float64Array,
  db: Float64Array | null,
  shape: ConvShape,
): void => {
  const { batch, taps } = shape;
  const row = taps.outputs * batch;
  db?.forEach((before, o) => {
    let sum = 0;
    for (let k = o * row; k < (o + 1) * row; k++) sum += dz[k]!;
    db[o] = before + sum;
  });
  eachProduct(shape, (weight, into, at) => {
    let sum = 0;
    for (let s = 0; s < batch; s++) sum += dz[into + s]! * x[at + s]!;
    dw[weight] = dw[weight]! + sum;
  });
};

/** ∂loss/∂x */
export const convBackwardInput = (
  dz: Float64Array,
  w: Float64Array,
  dx: Float64Array,
  shape: ConvShape,
): void => {
  const { batch } = shape;
  dx.fill(0);
  eachProduct(shape, (weight, into, at) => {
    const value = w[weight]!;
    for (let s = 0; s < batch; s++) dx[at + s] = dx[at + s]! + value * dz[into + s]!;
  });
};
