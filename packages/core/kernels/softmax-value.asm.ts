/**
 * @file Softmax cross-entropy from logits, ln Σ e^(z − m) + m − z_y with m the largest logit, and how often
 * the lowest index of the maximum is the class.
 *
 *   Z   [C, B]   read; of each row the first n
 *   Y   [B]      read; the class index as a number
 *   out          two float64: the sum of the losses and the count of the correct are added
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Exp } from "./exp.asm";
import { Log } from "./log.asm";
import { Sum } from "./sum.asm";

export function softmaxValue(z: usize, y: usize, C: i32, n: i32, B: i32, out: usize): void {
  const zero = i32x4.splat(0);
  const row = (<usize>B) << 2;
  let low = zero;
  let high = zero;
  let correct = zero;
  for (let s = 0; s < n; s += 4) {
    const label = v128.load(y);
    let largest = v128.load(z);
    let best = zero;
    let own = zero;
    let p = z;
    for (let c = 0; c < C; c++) {
      const logit = v128.load(p);
      const index = f32x4.splat(<f32>c);
      best = v128.bitselect(index, best, f32x4.gt(logit, largest));
      largest = f32x4.pmax(largest, logit);
      own = v128.bitselect(logit, own, f32x4.eq(label, index));
      p += row;
    }
    let sum = zero;
    p = z;
    for (let c = 0; c < C; c++) {
      sum = f32x4.add(sum, Exp.four(f32x4.sub(v128.load(p), largest)));
      p += row;
    }
    const valid = Sum.valid(s, n);
    const loss = v128.and(f32x4.add(Log.four(sum), f32x4.sub(largest, own)), valid);
    low = Sum.low(low, loss);
    high = Sum.high(high, loss);
    correct = i32x4.sub(correct, v128.and(f32x4.eq(best, label), valid));
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
