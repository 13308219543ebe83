/**
 * @file ELU and its kin, in place: a = p · z where z > 0, else q · (e^(z / c) − 1); φ′ = p, or
 * (q / c) · e^(z / c). ELU: p = 1, q = α, c = 1; SELU: p = λ, q = λ·α, c = 1; CELU: p = 1, q = c = α.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * `inverse` is 1 / c. Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";

export function elu(z: usize, d: usize, n: i32, p: f32, q: f32, inverse: f32): void {
  const up = f32x4.splat(p);
  const down = f32x4.splat(q);
  const rate = f32x4.splat(inverse);
  const zero = i32x4.splat(0);
  const one = f32x4.splat(1);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const on = f32x4.gt(x, zero);
    const less = Exp.minusOne(f32x4.mul(f32x4.pmin(x, zero), rate));
    const slope = f32x4.mul(f32x4.mul(f32x4.add(less, one), down), rate);
    v128.store(z, v128.bitselect(f32x4.mul(x, up), f32x4.mul(less, down), on));
    v128.store(d, v128.bitselect(up, slope, on));
  }
}
