/**
 * @file Hard swish, in place: a = z (z / 6 + ½) for |z| < 3, else max(z, 0); φ′ = z / 3 + ½, or 0 or 1.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
export function hardSwish(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const third = f32x4.splat(0.3333333333333333);
  const sixth = f32x4.splat(0.16666666666666666);
  const three = f32x4.splat(3);
  const zero = i32x4.splat(0);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const inside = f32x4.lt(f32x4.abs(x), three);
    const curve = f32x4.mul(x, f32x4.add(f32x4.mul(x, sixth), half));
    const slope = f32x4.add(f32x4.mul(x, third), half);
    v128.store(z, v128.bitselect(curve, f32x4.pmax(x, zero), inside));
    v128.store(d, v128.bitselect(slope, v128.and(one, f32x4.gt(x, zero)), inside));
  }
}
