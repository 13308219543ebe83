/**
 * @file Gradient of the mean squared error by the outputs, in place: Z ← (Z − Y) · k, k = 2 / (n · C).
 * Returns 1 where every squared error is finite, else 0.
 *
 *   Z [C, B]   read and written; the padding from n on becomes 0
 *   Y [C, B]   read
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Sum } from "./sum.asm";

export function mseGradient(z: usize, y: usize, C: i32, n: i32, B: i32, k: f32): i32 {
  const scale = f32x4.splat(k);
  const zero = i32x4.splat(0);
  let check = zero;
  for (let c = 0; c < C; c++) {
    for (let s = 0; s < B; s += 4) {
      const error = v128.and(f32x4.sub(v128.load(z), v128.load(y)), Sum.valid(s, n));
      check = f32x4.add(check, f32x4.mul(f32x4.mul(error, error), zero));
      v128.store(z, f32x4.mul(error, scale));
      z += 16;
      y += 16;
    }
  }
  return i32(!v128.any_true(f32x4.ne(check, zero)));
}
