import { blockOf, type Role, type Stream, streamOf } from "./stream.ts";

/** Shuffles in place by the words of a stream. */
export const shuffle = (values: Uint32Array, stream: Stream): void => {
  const words = new Uint32Array(4);
  let used = 0;
  const word = (): number => {
    if (used % 4 === 0) blockOf(words, used / 4, stream);
    return words[used++ % 4]!;
  };
  for (let i = values.length - 1; i > 0; i--) {
    // Words beyond the last multiple of i + 1 would favour small remainders.
    const limit = 4294967296 - (4294967296 % (i + 1));
    let bits = word();
    while (bits >= limit) bits = word();
    const j = bits % (i + 1);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
};

/**
 * What `key(seed, role, path).shuffle(values)` does, for code that must not load what fills tensors, as the
 * workers of a page.
 *
 * ```ts
 * const values = Uint32Array.of(0, 1, 2, 3);
 * shuffleKeyed(values, 3, "shuffle", "epoch/0");
 * const same = Uint32Array.of(0, 1, 2, 3);
 * key(3, "shuffle", "epoch/0").shuffle(same);
 * same[0] === values[0]; // true
 * ```
 */
export const shuffleKeyed = (values: Uint32Array, seed: number, role: Role, path: string): void =>
  shuffle(values, streamOf(seed, role, path));
