/**
 * @file Hard tanh and hard sigmoid, in place: a = p·z + q held to low … high, φ′ = p strictly between, else 0.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * `from` and `to` are the z where the line meets low and high. Caller guarantees: f32, 16-byte aligned, n a
 * multiple of 4.
 */
export function hard(
  z: usize,
  d: usize,
  n: i32,
  p: f32,
  q: f32,
  low: f32,
  high: f32,
  from: f32,
  to: f32,
): void {
  const slope = f32x4.splat(p);
  const shift = f32x4.splat(q);
  const bottom = f32x4.splat(low);
  const top = f32x4.splat(high);
  const left = f32x4.splat(from);
  const right = f32x4.splat(to);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const line = f32x4.add(f32x4.mul(x, slope), shift);
    const held = v128.bitselect(bottom, v128.bitselect(top, line, f32x4.gt(x, right)), f32x4.lt(x, left));
    const inside = v128.and(f32x4.gt(x, left), f32x4.lt(x, right));
    v128.store(z, held);
    v128.store(d, v128.and(slope, inside));
  }
}
