const N = 624;
const M = 397;

/** The Mersenne Twister, seeded by `init_genrand(seed)`: the next 32-bit word at each call. [1]
 *
 * [1] Matsumoto and Nishimura 1998, https://doi.org/10.1145/272991.272995
 */
export const mt19937 = (seed: number): (() => number) => twister(seeded(seed));

/** The same, seeded by `init_by_array([seed])`, as Python's `random.seed(seed)` does. */
export const mt19937ByArray = (seed: number): (() => number) => {
  const state = seeded(19650218);
  let i = 1;
  const advance = (): void => {
    i++;
    if (i === N) {
      state[0] = state[N - 1]!;
      i = 1;
    }
  };
  const last = (): number => state[i - 1]! ^ (state[i - 1]! >>> 30);
  for (let k = 0; k < N; k++, advance()) state[i] = (state[i]! ^ Math.imul(last(), 1664525)) + seed;
  for (let k = 1; k < N; k++, advance()) state[i] = (state[i]! ^ Math.imul(last(), 1566083941)) - i;
  state[0] = 0x80000000;
  return twister(state);
};

const seeded = (seed: number): Uint32Array => {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const last = state[i - 1]!;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  return state;
};

const twister = (state: Uint32Array): (() => number) => {
  let next = N;
  const regenerate = (): void => {
    for (let i = 0; i < N; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % N]! & 0x7fffffff);
      state[i] = state[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  };
  return () => {
    if (next === N) regenerate();
    let y = state[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
};
