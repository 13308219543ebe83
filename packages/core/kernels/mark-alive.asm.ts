/**
 * @file Marks the units that have a slope somewhere: F[o] becomes 1 where any of the row is not 0.
 *
 *   D [O, B]   read; φ′, or the output of a ReLU, which is 0 exactly where φ′ is
 *   F [O]      i32, read and written
 *
 * The padding repeats a sample, so whole rows are read.
 * Caller guarantees: f32, D 16-byte aligned, B a multiple of 8.
 */
export function markAlive(d: usize, flags: usize, O: i32, B: i32): void {
  const zero = i32x4.splat(0);
  const row = (<usize>B) << 2;
  for (let o = 0; o < O; o++) {
    let any = zero;
    for (let s: usize = 0; s < row; s += 16) any = v128.or(any, f32x4.ne(v128.load(d + s), zero));
    if (v128.any_true(any)) store<i32>(flags, 1);
    flags += 4;
    d += row;
  }
}
