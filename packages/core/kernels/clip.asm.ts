/**
 * @file Limits a gradient: every value to ±value where value > 0; then, where norm > 0, all of them by
 * min(1, norm / (√Σ g² + epsilon)).
 *
 *   G [n]   read and written
 *
 * Σ g² is summed in float64 in order. Caller guarantees: f32.
 */
export function clip(g: usize, n: i32, value: f32, norm: f32, epsilon: f32): void {
  const end = g + ((<usize>n) << 2);
  if (value > 0) {
    for (let at = g; at < end; at += 4) store<f32>(at, max<f32>(-value, min<f32>(value, load<f32>(at))));
  }
  if (!(norm > 0)) return;
  let squares: f64 = 0;
  for (let at = g; at < end; at += 4) squares += <f64>load<f32>(at) * <f64>load<f32>(at);
  const length = Math.sqrt(squares) + <f64>epsilon;
  if (!(length > <f64>norm)) return;
  const factor = <f32>(<f64>norm / length);
  for (let at = g; at < end; at += 4) store<f32>(at, factor * load<f32>(at));
}
