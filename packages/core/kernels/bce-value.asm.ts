/**
 * @file Binary cross-entropy from logits, max(z, 0) − y·z + ln(1 + e^−|z|), and how often z > 0 says y.
 *
 *   Z   [B]   read; the first n
 *   Y   [B]   read; 0 or 1
 *   out       two float64: the sum of the losses and the count of the correct are added
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Exp } from "./exp.asm";
import { Log } from "./log.asm";
import { Sum } from "./sum.asm";

export function bceValue(z: usize, y: usize, n: i32, out: usize): void {
  const zero = i32x4.splat(0);
  let low = zero;
  let high = zero;
  let correct = zero;
  for (let s = 0; s < n; s += 4) {
    const logit = v128.load(z);
    const label = v128.load(y);
    const valid = Sum.valid(s, n);
    const tail = Log.onePlus(Exp.four(f32x4.neg(f32x4.abs(logit))));
    const loss = f32x4.add(f32x4.sub(f32x4.pmax(zero, logit), f32x4.mul(label, logit)), tail);
    low = Sum.low(low, v128.and(loss, valid));
    high = Sum.high(high, v128.and(loss, valid));
    const wrong = v128.xor(f32x4.gt(logit, zero), f32x4.gt(label, zero));
    correct = i32x4.sub(correct, v128.andnot(valid, wrong));
    z += 16;
    y += 16;
  }
  store<f64>(out, load<f64>(out) + Sum.all(low, high));
  const pairs =
    i32x4.extract_lane(correct, 0) +
    i32x4.extract_lane(correct, 1) +
    (i32x4.extract_lane(correct, 2) + i32x4.extract_lane(correct, 3));
  store<f64>(out, load<f64>(out, 8) + <f64>pairs, 8);
}
