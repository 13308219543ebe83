/**
 * @file Adds to C float64 at `out`, one per class, how many of its samples are classified right: of one row of logits
 * z > 0 says class 1, of several the lowest index of the maximum is the class.
 *
 *   Z   [C, B]   read; of each row the first n; C = 1 stands for two classes
 *   Y   [B]      read; the class index as a number
 *
 * Caller guarantees: f32, 16-byte aligned, B a multiple of 8, n ≤ B.
 */
import { Sum } from "./sum.asm";

class Counts {
  @inline static add(out: usize, lanes: v128): void {
    const count =
      i32x4.extract_lane(lanes, 0) +
      i32x4.extract_lane(lanes, 1) +
      (i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3));
    store<f64>(out, load<f64>(out) + <f64>count);
  }
}

export function countCorrect(z: usize, y: usize, C: i32, n: i32, B: i32, out: usize): void {
  const zero = i32x4.splat(0);
  if (C === 1) {
    let lows = zero;
    let highs = zero;
    for (let s = 0; s < n; s += 4) {
      const at = (<usize>s) << 2;
      const says = f32x4.gt(v128.load(z + at), zero);
      const is = f32x4.gt(v128.load(y + at), zero);
      const valid = Sum.valid(s, n);
      highs = i32x4.sub(highs, v128.and(v128.and(says, is), valid));
      lows = i32x4.sub(lows, v128.andnot(valid, v128.or(says, is)));
    }
    Counts.add(out, lows);
    Counts.add(out + 8, highs);
    return;
  }
  const row = (<usize>B) << 2;
  for (let s = 0; s < n; s++) {
    let p = z + ((<usize>s) << 2);
    let largest = load<f32>(p);
    let best = 0;
    for (let c = 1; c < C; c++) {
      p += row;
      const logit = load<f32>(p);
      if (logit > largest) {
        largest = logit;
        best = c;
      }
    }
    const label = <i32>load<f32>(y + ((<usize>s) << 2));
    if (best === label) {
      const own = out + ((<usize>label) << 3);
      store<f64>(own, load<f64>(own) + 1);
    }
  }
}
