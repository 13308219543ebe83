/**
 * @file Gradient of the mean binary cross-entropy by the logits, in place: Z ← (σ(Z) − Y) · k, k = 1 / n.
 * Returns 1 where every logit is finite, else 0.
 *
 *   Z [B]   read and written; the padding from n on becomes 0
 *   Y [B]   read; 0 or 1
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 4, n ≤ B < n + 8.
 */
import { Delta } from "./bce-delta.asm";

export function bceGradient(z: usize, y: usize, n: i32, B: i32, k: f32): i32 {
  const zero = i32x4.splat(0);
  const bytes = (<usize>B) << 2;
  let check = zero;
  for (let s: usize = 0; s < bytes; s += 16) check = f32x4.add(check, f32x4.mul(v128.load(z + s), zero));
  Delta.row(z, y, bytes, f32x4.splat(k));
  for (let t = n; t < B; t++) store<f32>(z + ((<usize>t) << 2), 0);
  return i32(!v128.any_true(f32x4.ne(check, zero)));
}
