import type { StoredType } from "../stored-type.ts";

const TYPES: Readonly<Record<string, StoredType>> = {
  DoubleStorage: "float64",
  FloatStorage: "float32",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  Float8_e4m3fnStorage: "float8_e4m3fn",
  Float8_e4m3fnuzStorage: "float8_e4m3fnuz",
  Float8_e5m2Storage: "float8_e5m2",
  Float8_e5m2fnuzStorage: "float8_e5m2fnuz",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  UntypedStorage: "uint8",
  BoolStorage: "bool",
  ComplexFloatStorage: "complex64",
  ComplexDoubleStorage: "complex128",
  float64: "float64",
  double: "float64",
  float32: "float32",
  float: "float32",
  float16: "float16",
  half: "float16",
  bfloat16: "bfloat16",
  float8_e4m3fn: "float8_e4m3fn",
  float8_e4m3fnuz: "float8_e4m3fnuz",
  float8_e5m2: "float8_e5m2",
  float8_e5m2fnuz: "float8_e5m2fnuz",
  float8_e8m0fnu: "float8_e8m0fnu",
  int64: "int64",
  long: "int64",
  int32: "int32",
  int16: "int16",
  int8: "int8",
  uint64: "uint64",
  uint32: "uint32",
  uint16: "uint16",
  uint8: "uint8",
  bool: "bool",
  complex64: "complex64",
  complex128: "complex128",
};

/** A type by PyTorch's name, with or without its module: `torch.FloatStorage`, `torch.float8_e5m2`. */
export const torchType = (name: string): StoredType | null => {
  const short = name.slice(name.lastIndexOf(".") + 1);
  return Object.hasOwn(TYPES, short) ? TYPES[short]! : null;
};

/** `QInt8Storage`, `torch.quint8`, `torch.int4`: values that mean something only with a scale. */
export const isQuantizedType = (name: string): boolean => /QU?Int|\.qu?int|\.u?int[1-7]$|float4/.test(name);
