/**
 * @file Dense forward: Z = W · X + b, with ReLU fused in where `relu` is 1.
 *
 *   X [I, B]   read      one unit a row, samples contiguous
 *   W [O, I]   read
 *   b [O]      read
 *   Z [O, B]   written in full, never read
 *
 * Each output starts at its bias and adds over I in the order 0, 1, 2, ….
 * Caller guarantees: f32, X and Z 16-byte aligned, B a multiple of 4.
 * Work: 2·B·O·I flop.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function denseForward(
  x: usize,
  w: usize,
  b: usize,
  z: usize,
  I: i32,
  O: i32,
  B: i32,
  relu: i32,
): void {
  const row = (<usize>B) << 2;
  const zero = f32x4.splat(0);
  for (let o = 0; o < O; o++) {
    const bias = v128.load32_splat(b + ((<usize>o) << 2));
    const weights = w + ((<usize>(o * I)) << 2);
    const out = z + <usize>o * row;
    for (let s: usize = 0; s < row; s += 16) {
      let sum = bias;
      let input = x + s;
      for (let i = 0; i < I; i++) {
        sum = multiplyAdd(v128.load32_splat(weights + ((<usize>i) << 2)), v128.load(input), sum);
        input += row;
      }
      v128.store(out + s, relu ? f32x4.pmax(zero, sum) : sum);
    }
  }
}
