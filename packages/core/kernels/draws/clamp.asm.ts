/**
 * @file Holds values to low … high, as `Math.min(high, Math.max(low, x))`.
 *
 *   VALUES [n]   read and written; n a multiple of 4, 16-byte aligned
 */
export function clamp(values: usize, n: i32, low: f32, high: f32): void {
  const end = values + ((<usize>n) << 2);
  for (; values < end; values += 16) {
    const x = f32x4.max(f32x4.splat(low), v128.load(values));
    v128.store(values, f32x4.min(f32x4.splat(high), x));
  }
}
