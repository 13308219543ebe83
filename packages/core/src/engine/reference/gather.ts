import type { Samples } from "../trainer.ts";

/** The samples of `indices`, side by side. */
export const gather = ({ count, x, y }: Samples, indices: Uint32Array, features: number): Samples => {
  const pick = (from: Float64Array, rows: number): Float64Array => {
    const out = new Float64Array(rows * indices.length);
    for (let row = 0; row < rows; row++) {
      for (let s = 0; s < indices.length; s++) {
        out[row * indices.length + s] = from[row * count + indices[s]!]!;
      }
    }
    return out;
  };
  return { count: indices.length, x: pick(x, features), y: pick(y, y.length / count) };
};

/** The first `count` samples. */
export const firstOf = (samples: Samples, count: number, features: number): Samples =>
  gather(
    samples,
    Uint32Array.from({ length: count }, (_, s) => s),
    features,
  );
