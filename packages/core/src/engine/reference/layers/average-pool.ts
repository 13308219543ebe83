import { arrays, type ReferenceLayer } from "./definition.ts";
import type { Taps } from "./taps.ts";

/** The mean of the positions in each window; those of the padding are not counted. */
export const averagePool = (
  features: number,
  { count: taps, inputs, outputs, from }: Taps,
): ReferenceLayer => {
  const take = arrays();
  const shares = new Float64Array(outputs);
  for (const [index, position] of from.entries()) {
    const p = index % outputs;
    if (position >= 0) shares[p] = shares[p]! + 1;
  }
  for (let p = 0; p < outputs; p++) shares[p] = 1 / shares[p]!;
  let batch = 0;

  const means = (name: string, x: Float64Array): Float64Array => {
    const y = take(name, features * outputs * batch).fill(0);
    for (let f = 0; f < features; f++) {
      for (let tap = 0; tap < taps; tap++) {
        for (let p = 0; p < outputs; p++) {
          const q = from[tap * outputs + p]!;
          if (q < 0) continue;
          const [into, at, share] = [(f * outputs + p) * batch, (f * inputs + q) * batch, shares[p]!];
          for (let s = 0; s < batch; s++) y[into + s] = y[into + s]! + share * x[at + s]!;
        }
      }
    }
    return y;
  };

  return {
    forward(x, { count }) {
      batch = count;
      return means("y", x);
    },
    backward(dy) {
      const dx = take("dx", features * inputs * batch).fill(0);
      for (let f = 0; f < features; f++) {
        for (let tap = 0; tap < taps; tap++) {
          for (let p = 0; p < outputs; p++) {
            const q = from[tap * outputs + p]!;
            if (q < 0) continue;
            const [into, at, share] = [(f * inputs + q) * batch, (f * outputs + p) * batch, shares[p]!];
            for (let s = 0; s < batch; s++) dx[into + s] = dx[into + s]! + share * dy[at + s]!;
          }
        }
      }
      return dx;
    },
    tangent: (dx) => means("tangent", dx),
  };
};
