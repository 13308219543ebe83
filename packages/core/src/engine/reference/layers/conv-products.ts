import { addProducts, addRows } from "../row-products.ts";
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

/** Calls `visit` for each place of the output, each tap there, and the place of the input that it reads. */
const eachTap = (
  { count, outputs, from }: Taps,
  visit: (place: number, tap: number, read: number) => void,
): void => {
  for (let place = 0; place < outputs; place++) {
    for (let tap = 0; tap < count; tap++) {
      const read = from[tap * outputs + place]!;
      if (read >= 0) visit(place, tap, read);
    }
  }
};

/** The samples of a feature at each of its positions. */
const placesOf = (x: Float64Array, feature: number, positions: number, batch: number): Float64Array[] =>
  Array.from({ length: positions }, (_, p) => {
    const at = (feature * positions + p) * batch;
    return x.subarray(at, at + batch);
  });

/**
 * z[o][p] = b[o] + Σ w[o][i][tap] · x[i][from(tap, p)] over samples side by side. Each sum starts at the bias and adds
 * taps 0, 1, 2, …, and of each the inputs of the group, 0, 1, 2, ….
 */
export const convForward = (
  w: Float64Array,
  b: Float64Array | null,
  x: Float64Array,
  z: Float64Array,
  { taps, groups, inputs, outputs, batch }: ConvShape,
): void => {
  const row = taps.inputs * batch;
  for (let o = 0; o < groups * outputs; o++) {
    const group = Math.floor(o / outputs);
    const sums = placesOf(z, o, taps.outputs, batch);
    for (const sum of sums) sum.fill(b === null ? 0 : b[o]!);
    eachTap(taps, (place, tap, read) => {
      const at = group * inputs * row + read * batch;
      addRows(sums[place]!, x, at, row, inputs, w, o * inputs * taps.count + tap, taps.count);
    });
  }
};

/** Adds ∂loss/∂w and ∂loss/∂b. */
export const convBackwardParameters = (
  dz: Float64Array,
  x: Float64Array,
  dw: Float64Array,
  db: Float64Array | null,
  { taps, groups, inputs, outputs, batch }: ConvShape,
): void => {
  const row = taps.inputs * batch;
  for (let o = 0; o < groups * outputs; o++) {
    const group = Math.floor(o / outputs);
    const changes = placesOf(dz, o, taps.outputs, batch);
    if (db !== null) {
      let bias = 0;
      for (const change of changes) for (let s = 0; s < batch; s++) bias += change[s]!;
      db[o] = db[o]! + bias;
    }
    eachTap(taps, (place, tap, read) => {
      const at = group * inputs * row + read * batch;
      addProducts(dw, o * inputs * taps.count + tap, taps.count, changes[place]!, x, at, row, inputs);
    });
  }
};

/** ∂loss/∂x */
export const convBackwardInput = (
  dz: Float64Array,
  w: Float64Array,
  dx: Float64Array,
  { taps, groups, inputs, outputs, batch }: ConvShape,
): void => {
  const row = taps.outputs * batch;
  dx.fill(0);
  for (let i = 0; i < groups * inputs; i++) {
    const group = Math.floor(i / inputs);
    const sums = placesOf(dx, i, taps.inputs, batch);
    eachTap(taps, (place, tap, read) => {
      const at = group * outputs * row + place * batch;
      const weight = (group * outputs * inputs + (i % inputs)) * taps.count + tap;
      addRows(sums[read]!, dz, at, row, outputs, w, weight, inputs * taps.count);
    });
  }
};
