/**
 * @file Z ← Z ⊙ D.
 *
 *   Z [n]   read and written
 *   D [n]   read
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
export function multiply(z: usize, d: usize, n: i32): void {
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) v128.store(z, f32x4.mul(v128.load(z), v128.load(d)));
}
