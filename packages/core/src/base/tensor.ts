import type { Shape } from "./shape.ts";

export type FloatArray = Float32Array | Float64Array;
export type Dtype = "float32" | "float64";

/** Values in row-major order with their shape. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: FloatArray;
}

/** A model's parameters by path: `{ "dense1/kernel": Tensor, "dense1/bias": Tensor, … }`, in layer order. */
export type Parameters = Readonly<Record<string, Tensor>>;

export const allocate = (dtype: Dtype, size: number): FloatArray =>
  dtype === "float32" ? new Float32Array(size) : new Float64Array(size);
