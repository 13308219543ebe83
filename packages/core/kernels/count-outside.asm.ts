/**
 * @file Adds to the float64 at `out` how many z ≤ low or z ≥ high: the saturated outputs.
 *
 *   Z [O, B]   read; of each row the first n
 *
 * Caller guarantees: f32, Z 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Sum } from "./sum.asm";

export function countOutside(z: usize, O: i32, n: i32, B: i32, low: f32, high: f32, out: usize): void {
  let count = i32x4.splat(0);
  for (let o = 0; o < O; o++) {
    for (let s = 0; s < n; s += 4) {
      const x = v128.load(z + ((<usize>s) << 2));
      const outside = v128.or(f32x4.le(x, f32x4.splat(low)), f32x4.ge(x, f32x4.splat(high)));
      count = i32x4.sub(count, v128.and(outside, Sum.valid(s, n)));
    }
    z += (<usize>B) << 2;
  }
  const pairs =
    i32x4.extract_lane(count, 0) +
    i32x4.extract_lane(count, 1) +
    (i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3));
  store<f64>(out, load<f64>(out) + <f64>pairs);
}
