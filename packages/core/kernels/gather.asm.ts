/**
 * @file Gathers n samples into a batch, one feature a row; the last sample fills the padding.
 *
 *   X    [N, I]   read; one sample a row
 *   P    [n]      u32, which samples; where `order` is 0, `start`, `start` + 1, …
 *   out  [I, B]   written in full
 *
 * Caller guarantees: f32, 0 < n ≤ B.
 */
export function gather(x: usize, order: usize, start: i32, out: usize, I: i32, n: i32, B: i32): void {
  const row = (<usize>B) << 2;
  let sample: usize = 0;
  for (let s = 0; s < B; s++) {
    if (s < n) sample = order !== 0 ? <usize>load<u32>(order + ((<usize>s) << 2)) : <usize>(start + s);
    let from = x + ((sample * <usize>I) << 2);
    let to = out + ((<usize>s) << 2);
    for (let i = 0; i < I; i++) {
      store<f32>(to, load<f32>(from));
      from += 4;
      to += row;
    }
  }
}
