/** Choices that follow from a seed and a number alone. */
export interface Chance {
  /** 0 ≤ u < 1 */
  unit(): number;
  /** From 0 to `count` − 1. */
  below(count: number): number;
  pick<T>(all: readonly T[]): T;
  often(share: number): boolean;
}

/** SplitMix32 from the seed and the number of the case. */
export const chance = (seed: number, number: number): Chance => {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
  const unit = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(unit() * count);
  return { unit, below, pick: (all) => all[below(all.length)]!, often: (share) => unit() < share };
};
