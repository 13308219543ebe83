/**
 * @file Leaky ReLU, in place: a = z where z > 0, else k · z. D takes φ′: 1 or k.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
export function leakyRelu(z: usize, d: usize, n: i32, k: f32): void {
  const slope = f32x4.splat(k);
  const one = f32x4.splat(1);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const on = f32x4.gt(x, i32x4.splat(0));
    v128.store(z, v128.bitselect(x, f32x4.mul(x, slope), on));
    v128.store(d, v128.bitselect(one, slope, on));
  }
}
