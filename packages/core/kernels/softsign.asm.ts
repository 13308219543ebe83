/**
 * @file Softsign, in place: with r = 1 / (1 + |z|), a = z·r, φ′ = r².
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
export function softsign(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const r = f32x4.div(one, f32x4.add(one, f32x4.abs(x)));
    v128.store(z, f32x4.mul(x, r));
    v128.store(d, f32x4.mul(r, r));
  }
}
