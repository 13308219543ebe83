const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
double[0] = 1;
/** Index of the word that holds sign and exponent, by the machine's byte order. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** 2ᵏ for −1022 ≤ k ≤ 1023. */
export const powerOfTwo = (k: number): number => {
  words[HIGH] = (k + 1023) << 20;
  words[1 - HIGH] = 0;
  return double[0]!;
};

/** x · 2ᵏ, rounded once; results may be subnormal. */
export const scale = (x: number, k: number): number => {
  if (k > 1023) return x * powerOfTwo(1023) * powerOfTwo(Math.min(1023, k - 1023));
  if (k < -1022) return x * powerOfTwo(Math.max(-1022, k + 1000)) * powerOfTwo(-1000);
  return x * powerOfTwo(k);
};

/** The exponent e with 2ᵉ ≤ x < 2ᵉ⁺¹, for normal x > 0. */
export const exponentOf = (x: number): number => {
  double[0] = x;
  return (words[HIGH]! >>> 20) - 1023;
};
