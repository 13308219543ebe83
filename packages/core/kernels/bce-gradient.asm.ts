/**
 * @file Gradient of the mean binary cross-entropy by the logits, in place: Z ← (σ(Z) − Y) · k, k = 1 / n.
 * Returns 1 where every logit is finite, else 0.
 *
 *   Z [B]   read and written; the padding from n on becomes 0
 *   Y [B]   read; 0 or 1
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 4, n ≤ B < n + 8.
 */
import { Exp } from "./exp.asm";

export function bceGradient(z: usize, y: usize, n: i32, B: i32, k: f32): i32 {
  const scale = f32x4.splat(k);
  const zero = i32x4.splat(0);
  const one = f32x4.splat(1);
  const bytes = (<usize>B) << 2;
  let check = zero;
  let s: usize = 0;
  for (const pairs = bytes & ~31; s < pairs; s += 32) {
    const a = v128.load(z + s);
    const b = v128.load(z + s, 16);
    check = f32x4.add(check, f32x4.mul(a, zero));
    check = f32x4.add(check, f32x4.mul(b, zero));
    const p = f32x4.div(one, f32x4.add(one, Exp.four(f32x4.neg(a))));
    const q = f32x4.div(one, f32x4.add(one, Exp.four(f32x4.neg(b))));
    v128.store(z + s, f32x4.mul(f32x4.sub(p, v128.load(y + s)), scale));
    v128.store(z + s, f32x4.mul(f32x4.sub(q, v128.load(y + s, 16)), scale), 16);
  }
  for (; s < bytes; s += 16) {
    const logit = v128.load(z + s);
    check = f32x4.add(check, f32x4.mul(logit, zero));
    const p = f32x4.div(one, f32x4.add(one, Exp.four(f32x4.neg(logit))));
    v128.store(z + s, f32x4.mul(f32x4.sub(p, v128.load(y + s)), scale));
  }
  for (let t = n; t < B; t++) store<f32>(z + ((<usize>t) << 2), 0);
  return i32(!v128.any_true(f32x4.ne(check, zero)));
}
