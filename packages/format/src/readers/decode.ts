import { STORED_BYTES, type StoredType } from "./stored-type.ts";

export type Values = Float32Array | Float64Array;

/**
 * The values that bytes hold. Types of up to 24 significant bits come as float32, exactly; float64 and wide integers
 * as float64, 64-bit integers beyond 2⁵³ rounded. Complex values come as real and imaginary part in turn. The result
 * may be a view of `bytes`, or lie in `out`, which must be long enough.
 */
export const decode = (
  type: StoredType,
  bytes: Uint8Array,
  bigEndian = false,
  out?: Float32Array,
): Values => {
  const part = PART[type] ?? STORED_BYTES[type];
  const ordered = bigEndian && part > 1 ? swapped(bytes, part) : bytes;
  const aligned = ordered.byteOffset % part === 0 ? ordered : ordered.slice();
  return DECODERS[type](aligned.buffer, aligned.byteOffset, aligned.length / part, aligned, out);
};

/** Bytes of each half of a complex value. */
const PART: Partial<Record<StoredType, number>> = { complex64: 4, complex128: 8 };

const swapped = (bytes: Uint8Array, size: number): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i - (i % size) + size - 1 - (i % size)] = bytes[i]!;
  return out;
};

type Decoder = (
  buffer: ArrayBufferLike,
  at: number,
  count: number,
  bytes: Uint8Array,
  out: Float32Array | undefined,
) => Values;

const float32: Decoder = (buffer, at, count) => new Float32Array(buffer, at, count);
const float64: Decoder = (buffer, at, count) => new Float64Array(buffer, at, count);
const bytewise: Decoder = (_buffer, _at, _count, bytes) => Float32Array.from(bytes);

const bfloat16: Decoder = (buffer, at, count, _bytes, out = new Float32Array(count)) => {
  const words = new Uint16Array(buffer, at, count);
  const bits = new Uint32Array(out.buffer, out.byteOffset, count);
  for (let i = 0; i < count; i++) bits[i] = words[i]! << 16;
  return out.subarray(0, count);
};

/** Values of all codes of a small binary float. `special`: what the highest exponent means. */
const codes = (
  exponentBits: number,
  mantissaBits: number,
  bias: number,
  special: "ieee" | "fn" | "fnuz",
): Float32Array => {
  const size = 1 << (1 + exponentBits + mantissaBits);
  const top = (1 << exponentBits) - 1;
  const fraction = 1 << mantissaBits;
  return Float32Array.from({ length: size }, (_, code) => {
    const [negative, exponent] = [code >= size / 2, (code >> mantissaBits) & top];
    const mantissa = code & (fraction - 1);
    if (special === "fnuz" && code === size / 2) return Number.NaN;
    if (special === "fn" && exponent === top && mantissa === fraction - 1) return Number.NaN;
    const size1 =
      special === "ieee" && exponent === top
        ? mantissa === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : exponent === 0
          ? (mantissa / fraction) * 2 ** (1 - bias)
          : (1 + mantissa / fraction) * 2 ** (exponent - bias);
    return negative ? -size1 : size1;
  });
};

const lookedUp = (table: () => Float32Array): Decoder => {
  let made: Float32Array | undefined;
  return (buffer, at, count, _bytes, out = new Float32Array(count)) => {
    made ??= table();
    const words = made.length > 256 ? new Uint16Array(buffer, at, count) : new Uint8Array(buffer, at, count);
    for (let i = 0; i < count; i++) out[i] = made[words[i]!]!;
    return out.subarray(0, count);
  };
};

/** 64-bit integers from their halves: ten times as fast as by BigInt. */
const wide =
  (signed: boolean): Decoder =>
  (buffer, at, count) => {
    const low = new Uint32Array(buffer, at, 2 * count);
    const high = signed ? new Int32Array(buffer, at, 2 * count) : low;
    return Float64Array.from({ length: count }, (_, i) => high[2 * i + 1]! * 2 ** 32 + low[2 * i]!);
  };

const DECODERS: Readonly<Record<StoredType, Decoder>> = {
  float64,
  float32,
  float16: lookedUp(() => codes(5, 10, 15, "ieee")),
  bfloat16,
  float8_e4m3fn: lookedUp(() => codes(4, 3, 7, "fn")),
  float8_e4m3fnuz: lookedUp(() => codes(4, 3, 8, "fnuz")),
  float8_e5m2: lookedUp(() => codes(5, 2, 15, "ieee")),
  float8_e5m2fnuz: lookedUp(() => codes(5, 2, 16, "fnuz")),
  float8_e8m0fnu: lookedUp(() =>
    Float32Array.from({ length: 256 }, (_, code) => (code === 255 ? Number.NaN : 2 ** (code - 127))),
  ),
  int64: wide(true),
  uint64: wide(false),
  int32: (buffer, at, count) => Float64Array.from(new Int32Array(buffer, at, count)),
  uint32: (buffer, at, count) => Float64Array.from(new Uint32Array(buffer, at, count)),
  int16: (buffer, at, count) => Float32Array.from(new Int16Array(buffer, at, count)),
  uint16: (buffer, at, count) => Float32Array.from(new Uint16Array(buffer, at, count)),
  int8: (buffer, at, count) => Float32Array.from(new Int8Array(buffer, at, count)),
  uint8: bytewise,
  bool: bytewise,
  complex64: float32,
  complex128: float64,
};
