/** What one value of a file is, and its size in bytes. Names are NumPy's and PyTorch's. */
export const STORED_BYTES = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8_e4m3fn: 1,
  float8_e4m3fnuz: 1,
  float8_e5m2: 1,
  float8_e5m2fnuz: 1,
  float8_e8m0fnu: 1,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
  complex128: 16,
} as const;

export type StoredType = keyof typeof STORED_BYTES;

export const isFloat = (type: StoredType): boolean => type.includes("float");
export const isComplex = (type: StoredType): boolean => type.startsWith("complex");
