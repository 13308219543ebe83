/**
 * @file Gradient of the mean binary cross-entropy by the logits, in place: Z ← (σ(Z) − Y) · k, k = 1 / n.
 * Returns 1 where every logit is finite, else 0.
 *
 *   Z [B]   read and written; the padding from n on becomes 0
 *   Y [B]   read; 0 or 1
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B < n + 8.
 */
import { Delta } from "./bce-delta.asm";

export function bceGradient(z: usize, y: usize, n: i32, B: i32, k: f32): i32 {
  const check = Delta.denominators(z, y, n, B);
  const one = f32x4.splat(1);
  const scale = f32x4.splat(k);
  const bytes = (<usize>B) << 2;
  for (let s: usize = 0; s < bytes; s += 16) v128.store(z + s, Delta.of(z + s, y + s, one, scale));
  return Delta.areFinite(check);
}
