/**
 * @file Gradient of the mean softmax cross-entropy by the logits, in place: Z ← (softmax(Z) − onehot(Y)) · k,
 * k = 1 / n. Returns 1 where every logit is finite, else 0.
 *
 *   Z [C, B]   read and written; the padding from n on becomes 0
 *   Y [B]      read; the class index as a number
 *
 * The largest logit is taken away first; the sum of the exponentials runs over C in order.
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Exp } from "./exp.asm";

export function softmaxGradient(z: usize, y: usize, C: i32, n: i32, B: i32, k: f32): i32 {
  const scale = f32x4.splat(k);
  const zero = i32x4.splat(0);
  const one = f32x4.splat(1);
  const row = (<usize>B) << 2;
  let check = zero;
  for (let s: usize = 0; s < row; s += 16) {
    let largest = v128.load(z + s);
    let p = z + s;
    for (let c = 0; c < C; c++) {
      const logit = v128.load(p);
      check = f32x4.add(check, f32x4.mul(logit, zero));
      largest = f32x4.pmax(largest, logit);
      p += row;
    }
    let sum = zero;
    p = z + s;
    for (let c = 0; c < C; c++) {
      const power = Exp.four(f32x4.sub(v128.load(p), largest));
      v128.store(p, power);
      sum = f32x4.add(sum, power);
      p += row;
    }
    const share = f32x4.div(one, sum);
    const label = v128.load(y + s);
    p = z + s;
    for (let c = 0; c < C; c++) {
      const hit = v128.and(f32x4.eq(label, f32x4.splat(<f32>c)), one);
      v128.store(p, f32x4.mul(f32x4.sub(f32x4.mul(v128.load(p), share), hit), scale));
      p += row;
    }
  }
  for (let c = 0; c < C; c++) {
    const end = z + <usize>c * row;
    for (let s = n; s < B; s++) store<f32>(end + ((<usize>s) << 2), 0);
  }
  return i32(!v128.any_true(f32x4.ne(check, zero)));
}
