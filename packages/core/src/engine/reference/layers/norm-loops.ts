/** @file Loops over what a norm takes together: x is `[outer][inner][columns]`, one set of values per outer and column. */

export interface NormAxes {
  readonly outer: number;
  readonly inner: number;
  readonly columns: number;
}

/** The mean of a · b in each set; without b, that of a. */
export const meansOf = (
  out: Float64Array,
  a: Float64Array,
  b: Float64Array | null,
  { outer, inner, columns }: NormAxes,
): Float64Array => {
  out.fill(0);
  let k = 0;
  for (let o = 0; o < outer; o++) {
    const first = o * columns;
    for (let i = 0; i < inner; i++) {
      for (let c = 0; c < columns; c++, k++) {
        out[first + c] = out[first + c]! + (b === null ? a[k]! : a[k]! * b[k]!);
      }
    }
  }
  for (let set = 0; set < out.length; set++) out[set] = out[set]! / inner;
  return out;
};

/** x − mean, by set. */
export const centre = (
  out: Float64Array,
  x: Float64Array,
  mean: Float64Array,
  { outer, inner, columns }: NormAxes,
): Float64Array => {
  let k = 0;
  for (let o = 0; o < outer; o++) {
    const first = o * columns;
    for (let i = 0; i < inner; i++) {
      for (let c = 0; c < columns; c++, k++) out[k] = x[k]! - mean[first + c]!;
    }
  }
  return out;
};

/** (x − along · a) · factor, along and factor by set. */
export const project = (
  out: Float64Array,
  x: Float64Array,
  a: Float64Array,
  along: Float64Array,
  factor: Float64Array,
  { outer, inner, columns }: NormAxes,
): Float64Array => {
  let k = 0;
  for (let o = 0; o < outer; o++) {
    const first = o * columns;
    for (let i = 0; i < inner; i++) {
      for (let c = 0; c < columns; c++, k++) {
        out[k] = (x[k]! - along[first + c]! * a[k]!) * factor[first + c]!;
      }
    }
  }
  return out;
};
