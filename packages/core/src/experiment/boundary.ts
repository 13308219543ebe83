import { exp } from "../math/index.ts";

/** A part of the plane, in the units of the data. */
export interface Window {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

/** The middles of resolution × resolution cells, row by row from the top: `[2][cells]`. */
export const boundaryPoints = (resolution: number, { x, y }: Window): Float64Array => {
  const cells = resolution * resolution;
  const points = new Float64Array(2 * cells);
  const middle = (at: number, [low, high]: readonly [number, number]): number =>
    low + ((at + 0.5) / resolution) * (high - low);
  for (let row = 0; row < resolution; row++) {
    for (let column = 0; column < resolution; column++) {
      const cell = row * resolution + column;
      points[cell] = middle(column, x);
      points[cells + cell] = middle(resolution - 1 - row, y);
    }
  }
  return points;
};

/** From logits `[outputs][cells]`: the probability of class 1 of two, the likeliest of more, output 1 of a regression. */
export const boundaryValues = (z: Float64Array, outputs: number, classifies: boolean): Float32Array => {
  const cells = z.length / outputs;
  if (!classifies) return Float32Array.from(z.subarray(0, cells));
  if (outputs <= 2) {
    return Float32Array.from({ length: cells }, (_, cell) => {
      const logit = outputs === 1 ? z[cell]! : z[cells + cell]! - z[cell]!;
      return 1 / (1 + exp(-logit));
    });
  }
  return Float32Array.from({ length: cells }, (_, cell) => {
    let likeliest = 0;
    for (let o = 1; o < outputs; o++) {
      if (z[o * cells + cell]! > z[likeliest * cells + cell]!) likeliest = o;
    }
    return likeliest;
  });
};
