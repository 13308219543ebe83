/**
 * @file Whether (Σ v[c] / d[c]) / d[C] is at least d[C + 1], or with `most` at most.
 *
 *   v [C]       f64, read: correct samples a class, or the sum of the losses
 *   d [C + 2]   f64, read: divisors, then the target
 */
export function atTarget(v: usize, C: i32, d: usize, most: i32): bool {
  let sum: f64 = 0;
  for (let c = 0; c < C; c++) {
    sum += load<f64>(v) / load<f64>(d);
    v += 8;
    d += 8;
  }
  const value = sum / load<f64>(d);
  const goal = load<f64>(d, 8);
  return most !== 0 ? value <= goal : value >= goal;
}
