/**
 * @file Population standard deviation in float64, two passes in order 0, 1, 2, …; 0 for n = 0.
 *
 *   W [n]   read
 */
export function spread(w: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) sum += <f64>load<f32>(w + ((<usize>i) << 2));
  const mean = sum / <f64>max(n, 1);
  let squares: f64 = 0;
  for (let i = 0; i < n; i++) {
    const d = <f64>load<f32>(w + ((<usize>i) << 2)) - mean;
    squares += d * d;
  }
  return sqrt<f64>(squares / <f64>max(n, 1));
}
