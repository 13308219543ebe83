/**
 * @file Gradient descent: W ← W − η · G.
 *
 *   W [n]   read and written
 *   G [n]   read
 *
 * Caller guarantees: f32. Any n; the last n mod 4 one by one. Work: 2·n flop.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function gradientDescent(w: usize, g: usize, n: i32, rate: f32): void {
  const minus = f32x4.splat(-rate);
  const end = w + ((<usize>n) << 2);
  const wide = w + ((<usize>(n & ~3)) << 2);
  for (; w < wide; w += 16, g += 16) v128.store(w, multiplyAdd(minus, v128.load(g), v128.load(w)));
  for (; w < end; w += 4, g += 4) store<f32>(w, load<f32>(w) - rate * load<f32>(g));
}
