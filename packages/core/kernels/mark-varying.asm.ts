/**
 * @file Finds the units whose output is not the same on every sample: F[o] becomes 2 where a value of the row
 * differs from the first that was seen, which is kept beside; 1 where none has so far.
 *
 *   A [O, B]   read
 *   F [O]      i32, read and written; 0 before the first block
 *   v [O]      f32 behind F, the first value of each row
 *
 * The padding repeats a sample, so whole rows are read.
 * Caller guarantees: f32, A 16-byte aligned, B a multiple of 8.
 */
export function markVarying(a: usize, flags: usize, O: i32, B: i32): void {
  const row = (<usize>B) << 2;
  const firsts = (<usize>O) << 2;
  for (let o = 0; o < O; o++) {
    if (load<i32>(flags) === 0) {
      store<f32>(flags + firsts, load<f32>(a));
      store<i32>(flags, 1);
    }
    const first = v128.load32_splat(flags + firsts);
    let any = i32x4.splat(0);
    for (let s: usize = 0; s < row; s += 16) any = v128.or(any, f32x4.ne(v128.load(a + s), first));
    if (v128.any_true(any)) store<i32>(flags, 2);
    flags += 4;
    a += row;
  }
}
