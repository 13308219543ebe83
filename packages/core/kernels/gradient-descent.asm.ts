/**
 * @file Gradient descent: W ← W − η · G. Returns 1 where every new weight is finite, else 0.
 *
 *   W [n]   read and written
 *   G [n]   read
 *
 * Caller guarantees: f32. Any n; the last n mod 4 one by one. Work: 2·n flop.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function gradientDescent(w: usize, g: usize, n: i32, rate: f32): i32 {
  const minus = f32x4.splat(-rate);
  const zero = i32x4.splat(0);
  const end = w + ((<usize>n) << 2);
  const wide = w + ((<usize>(n & ~3)) << 2);
  let check = zero;
  for (; w < wide; w += 16, g += 16) {
    const next = multiplyAdd(minus, v128.load(g), v128.load(w));
    v128.store(w, next);
    check = f32x4.add(check, f32x4.mul(next, zero));
  }
  let tail: f32 = 0;
  for (; w < end; w += 4, g += 4) {
    const next = load<f32>(w) - rate * load<f32>(g);
    store<f32>(w, next);
    tail += next * 0;
  }
  return i32(v128.any_true(f32x4.ne(check, zero)) === 0 && tail === 0);
}
