/**
 * @file Adds Σ a² over units and samples to the float64 at `out`.
 *
 *   A [O, B]   read; of each row the first n
 *
 * Squares in float32, sums in float64 (sum.asm.ts), one sum over all rows.
 * Caller guarantees: f32, A 16-byte aligned, B a multiple of 8, n ≤ B. Work: 2·n·O flop.
 */
import { Sum } from "./sum.asm";

export function sumSquares(a: usize, O: i32, n: i32, B: i32, out: usize): void {
  let low = i32x4.splat(0);
  let high = low;
  const whole = n & ~3;
  for (let o = 0; o < O; o++) {
    const tail = a + ((<usize>whole) << 2);
    for (let at = a; at < tail; at += 16) {
      const x = v128.load(at);
      const square = f32x4.mul(x, x);
      low = Sum.low(low, square);
      high = Sum.high(high, square);
    }
    if (whole < n) {
      const x = v128.and(v128.load(tail), Sum.valid(whole, n));
      const square = f32x4.mul(x, x);
      low = Sum.low(low, square);
      high = Sum.high(high, square);
    }
    a += (<usize>B) << 2;
  }
  store<f64>(out, load<f64>(out) + Sum.all(low, high));
}
