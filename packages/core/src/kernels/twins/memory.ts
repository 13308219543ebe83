/** A memory as the kernels see it. Addresses are bytes. */
export interface TwinMemory {
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
}

export const twinMemory = (buffer: ArrayBuffer): TwinMemory => ({
  f32: new Float32Array(buffer),
  f64: new Float64Array(buffer),
  i32: new Int32Array(buffer),
});
