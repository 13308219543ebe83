import { arrays, type ReferenceLayer } from "./definition.ts";
import type { Taps } from "./taps.ts";

/** The largest value in each window, of equal ones the first; a NaN is passed on. */
export const maxPool = (features: number, { count: taps, inputs, outputs, from }: Taps): ReferenceLayer => {
  const take = arrays();
  /** Where in x each output was found. */
  let chosen: Int32Array = new Int32Array(0);
  let batch = 0;
  return {
    forward(x, { count }) {
      batch = count;
      const y = take("y", features * outputs * batch).fill(Number.NEGATIVE_INFINITY);
      if (chosen.length !== y.length) chosen = new Int32Array(y.length);
      chosen.fill(-1);
      for (let f = 0; f < features; f++) {
        for (let tap = 0; tap < taps; tap++) {
          for (let p = 0; p < outputs; p++) {
            const q = from[tap * outputs + p]!;
            if (q < 0) continue;
            const [into, at] = [(f * outputs + p) * batch, (f * inputs + q) * batch];
            for (let s = 0; s < batch; s++) {
              const value = x[at + s]!;
              if (value > y[into + s]! || Number.isNaN(value) || chosen[into + s]! < 0) {
                y[into + s] = value;
                chosen[into + s] = at + s;
              }
            }
          }
        }
      }
      return y;
    },
    backward(dy) {
      const dx = take("dx", features * inputs * batch).fill(0);
      for (let k = 0; k < dy.length; k++) dx[chosen[k]!] = dx[chosen[k]!]! + dy[k]!;
      return dx;
    },
    tangent(dx) {
      const change = take("tangent", chosen.length);
      for (let k = 0; k < change.length; k++) change[k] = dx[chosen[k]!]!;
      return change;
    },
  };
};
