/** Shuffles in place from the end, as NumPy does: indices by masking and rejecting 32-bit words. */
export const maskedShuffle = (values: Uint32Array, word: () => number): void => {
  for (let i = values.length - 1; i > 0; i--) {
    const j = upTo(i, word);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
};

/** 0 … count − 1, shuffled. */
export const maskedPermutation = (count: number, word: () => number): Uint32Array => {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  maskedShuffle(order, word);
  return order;
};

/** 0 … most, by masking and rejecting. */
export const upTo = (most: number, word: () => number): number => {
  const mask = 0xffffffff >>> Math.clz32(most);
  for (;;) {
    const value = (word() & mask) >>> 0;
    if (value <= most) return value;
  }
};
