import { type FloatArray, toBfloat16, toFloat16 } from "@stepzero/core";

export const ELEMENT_TYPES = ["float32", "float64", "float16", "bfloat16"] as const;

/** What one value of a file is. The halves are float32 rounded to the nearest. */
export type ElementType = (typeof ELEMENT_TYPES)[number];

export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
};

export const elementTypeOf = (data: FloatArray): ElementType =>
  data instanceof Float32Array ? "float32" : "float64";

/** The values' bytes, little-endian, a view of `data` where they are already so. */
export const bytesOf = (data: FloatArray, type: ElementType): Uint8Array => {
  const array = type === elementTypeOf(data) ? data : CONVERTED[type](data);
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
};

const CONVERTED: Readonly<Record<ElementType, (data: FloatArray) => FloatArray | Uint16Array>> = {
  float16: toFloat16,
  bfloat16: toBfloat16,
  float32: (data) => Float32Array.from(data),
  float64: (data) => Float64Array.from(data),
};
