const POOL = 4;

/**
 * `count` 32-bit words from NumPy's `SeedSequence(seed)`: the seed is hashed into a pool of four words,
 * each is mixed with each other, and words are hashed out of it in turn. [1]
 *
 * [1] https://numpy.org/doc/stable/reference/random/bit_generators/generated/numpy.random.SeedSequence.html
 */
export const seedSequence = (seed: number, count: number): Uint32Array => {
  const hashIn = hasher(0x43b0d7e5, 0x931e8875);
  const pool = Uint32Array.from({ length: POOL }, (_, i) => hashIn(i === 0 ? seed : 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (to !== from) pool[to] = mix(pool[to]!, hashIn(pool[from]!));
  }
  const hashOut = hasher(0x8b51f9dd, 0x58f38ded);
  return Uint32Array.from({ length: count }, (_, i) => hashOut(pool[i % POOL]!));
};

const hasher = (start: number, multiplier: number): ((word: number) => number) => {
  let constant = start;
  return (word) => {
    const mixed = word ^ constant;
    constant = Math.imul(constant, multiplier);
    const value = Math.imul(mixed, constant);
    return (value ^ (value >>> 16)) >>> 0;
  };
};

const mix = (x: number, y: number): number => {
  const value = Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715);
  return (value ^ (value >>> 16)) >>> 0;
};
