import { arrays, type LayerParameter, type Wanted } from "./definition.ts";

/** x · scale + shift, with one of each per feature. */
export interface Affine {
  forward(x: Float64Array): Float64Array;
  backward(dy: Float64Array, wanted: Wanted): Float64Array;
  tangent(dx: Float64Array): Float64Array;
}

export const affine = (scale: LayerParameter, shift: LayerParameter | null): Affine => {
  const take = arrays();
  const features = scale.values.length;
  let x: Float64Array = new Float64Array(0);
  const scaled = (name: string, values: Float64Array): Float64Array => {
    const out = take(name, values.length);
    const columns = values.length / features;
    for (let f = 0; f < features; f++) {
      const factor = scale.values[f]!;
      for (let k = f * columns; k < (f + 1) * columns; k++) out[k] = factor * values[k]!;
    }
    return out;
  };
  return {
    forward(given) {
      x = given;
      const y = scaled("y", x);
      if (shift === null) return y;
      const columns = x.length / features;
      for (let f = 0; f < features; f++) {
        const summand = shift.values[f]!;
        for (let k = f * columns; k < (f + 1) * columns; k++) y[k] = y[k]! + summand;
      }
      return y;
    },
    backward(dy, wanted) {
      if (wanted.parameters) {
        const columns = dy.length / features;
        for (let f = 0; f < features; f++) {
          let along = 0;
          let sum = 0;
          for (let k = f * columns; k < (f + 1) * columns; k++) {
            along += dy[k]! * x[k]!;
            sum += dy[k]!;
          }
          scale.gradient[f] = scale.gradient[f]! + along;
          if (shift !== null) shift.gradient[f] = shift.gradient[f]! + sum;
        }
      }
      return scaled("dx", dy);
    },
    tangent: (dx) => scaled("tangent", dx),
  };
};
