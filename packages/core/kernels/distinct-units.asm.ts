/**
 * @file Counts the units that differ in incoming weights or bias.
 *
 *   W [O, I]   read
 *   b [O]      read
 *   S [O]      i32, scratch: the first unit of each kind
 *
 * Two numbers are the same where |p − q| ≤ tolerance · max(|p|, |q|); tolerance 0 asks for equal values.
 * Each unit is compared with the first of every kind before it.
 */
class Pair {
  @inline static same(p: f32, q: f32, tolerance: f32): bool {
    return abs(p - q) <= tolerance * max(abs(p), abs(q));
  }
}

function sameUnit(w: usize, b: usize, first: usize, second: usize, width: usize, tolerance: f32): bool {
  if (!Pair.same(load<f32>(b + (first << 2)), load<f32>(b + (second << 2)), tolerance)) return false;
  const p = w + first * width;
  const q = w + second * width;
  for (let i: usize = 0; i < width; i += 4) {
    if (!Pair.same(load<f32>(p + i), load<f32>(q + i), tolerance)) return false;
  }
  return true;
}

export function distinctUnits(w: usize, b: usize, I: i32, O: i32, tolerance: f32, scratch: usize): i32 {
  let kinds = 0;
  for (let o = 0; o < O; o++) {
    let known = 0;
    for (; known < kinds; known++) {
      const first = <usize>load<i32>(scratch + ((<usize>known) << 2));
      if (sameUnit(w, b, first, <usize>o, (<usize>I) << 2, tolerance)) break;
    }
    if (known === kinds) {
      store<i32>(scratch + ((<usize>kinds) << 2), o);
      kinds++;
    }
  }
  return kinds;
}
