import { checkKind, KIND } from "../base/index.ts";

/**
 * Rounds to the nearest float16 and gives its bits; ties to even, overflow to infinity. Float32 input is
 * rounded once; a float64 is rounded to float32 first, as libraries do that compute in float32.
 *
 * ```ts
 * toFloat16([1, -2, 65504, 1e-8]); // Uint16Array [15360, 49152, 31743, 0]
 * ```
 */
export const toFloat16 = (values: ArrayLike<number>): Uint16Array => {
  checkKind("toFloat16", "the values", values, KIND.numbers);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = float16Bits(values[i]!);
  return bits;
};

/**
 * Rounds to the nearest bfloat16, the upper half of a float32, and gives its bits; ties to even.
 *
 * ```ts
 * toBfloat16([1, -2, 1.00390625]); // Uint16Array [16256, 49152, 16256]
 * ```
 */
export const toBfloat16 = (values: ArrayLike<number>): Uint16Array => {
  checkKind("toBfloat16", "the values", values, KIND.numbers);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    const word = float32Bits(values[i]!);
    if ((word & 0x7fffffff) > 0x7f800000) bits[i] = (word >>> 16) | 0x40;
    else bits[i] = (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return bits;
};

/** The values that float16 bits stand for; exact. */
export const fromFloat16 = (bits: Uint16Array): Float32Array =>
  Float32Array.from(checkedBits("fromFloat16", bits), (word) => {
    const sign = word & 0x8000 ? -1 : 1;
    const exponent = (word >> 10) & 31;
    const fraction = word & 0x3ff;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * SMALLEST;
    return sign * fromFloat32Bits(((exponent + 112) << 23) | (fraction << 13));
  });

/** The values that bfloat16 bits stand for; exact. */
export const fromBfloat16 = (bits: Uint16Array): Float32Array =>
  Float32Array.from(checkedBits("fromBfloat16", bits), (word) => fromFloat32Bits(word << 16));

const checkedBits = (who: string, bits: Uint16Array): Uint16Array => {
  checkKind(who, "the bits", bits, {
    words: "a Uint16Array",
    holds: (value) => value instanceof Uint16Array,
  });
  return bits;
};

/** The smallest positive float16, 2⁻²⁴. */
const SMALLEST = 1 / 16777216;

const float16Bits = (value: number): number => {
  const word = float32Bits(value);
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) return sign | subnormal(Math.abs(fromFloat32Bits(word)) / SMALLEST);
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
};

/** To the nearest integer, ties to even. */
const subnormal = (units: number): number => {
  const whole = Math.floor(units);
  const rest = units - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
};

const FLOATS = new Float32Array(1);
const WORDS = new Uint32Array(FLOATS.buffer);

const float32Bits = (value: number): number => {
  FLOATS[0] = value;
  return WORDS[0]!;
};

const fromFloat32Bits = (word: number): number => {
  WORDS[0] = word;
  return FLOATS[0]!;
};
