/** Hands out byte addresses one after another, each at a multiple of 64. */
export interface Layout {
  /** Room for `count` values of four bytes. */
  words(count: number): number;
  /** Room for `count` float64. */
  doubles(count: number): number;
  /** First byte that is not handed out. */
  end(): number;
}

export const layoutFrom = (base: number): Layout => {
  let next = base;
  const take = (bytes: number): number => {
    const at = next;
    next += Math.ceil(bytes / 64) * 64;
    return at;
  };
  return {
    words: (count) => take(4 * count),
    doubles: (count) => take(8 * count),
    end: () => next,
  };
};

/** Samples per row, padded to a multiple of 8 for the kernels. */
export const padded = (samples: number): number => Math.ceil(samples / 8) * 8;
