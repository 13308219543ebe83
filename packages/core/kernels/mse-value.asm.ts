/**
 * @file Adds Σ (z − y)² over outputs and samples to the float64 at `out`.
 *
 *   Z [C, B]   read; of each row the first n
 *   Y [C, B]   read; of each row the first n
 *
 * Squares in float32, sums in float64 (sum.asm.ts), one sum over all rows.
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Sum } from "./sum.asm";

export function mseValue(z: usize, y: usize, C: i32, n: i32, B: i32, out: usize): void {
  let low = i32x4.splat(0);
  let high = low;
  for (let c = 0; c < C; c++) {
    for (let s = 0; s < n; s += 4) {
      const at = (<usize>s) << 2;
      const error = v128.and(f32x4.sub(v128.load(z + at), v128.load(y + at)), Sum.valid(s, n));
      const square = f32x4.mul(error, error);
      low = Sum.low(low, square);
      high = Sum.high(high, square);
    }
    z += (<usize>B) << 2;
    y += (<usize>B) << 2;
  }
  store<f64>(out, load<f64>(out) + Sum.all(low, high));
}
