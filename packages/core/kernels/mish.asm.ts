/**
 * @file Mish, in place: a = z t with t = tanh(ln(1 + e^z)), φ′ = t + z (1 − t²) σ(z). With e = e^−|z|, 0 beyond 87:
 *
 *   z ≥ 0   q = 1 + 2e + 2e²    t = (1 + 2e) / q     1 − t² = 4 e² (1 + e)² / q²
 *   z < 0   q = 2 + 2e + e²     t = e (2 + e) / q    1 − t² = 4 (1 + e)² / q²
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

export function mish(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const e = Exp.decay(f32x4.abs(x));
    const negative = f32x4.lt(x, i32x4.splat(0));
    const twice = f32x4.mul(two, e);
    const square = f32x4.mul(e, e);
    const above = f32x4.add(one, twice);
    const below = f32x4.add(twice, square);
    const q = v128.bitselect(f32x4.add(two, below), f32x4.add(above, f32x4.mul(two, square)), negative);
    const inverse = f32x4.div(one, q);
    const t = f32x4.mul(v128.bitselect(below, above, negative), inverse);
    const sum = f32x4.mul(f32x4.mul(two, f32x4.add(one, e)), inverse);
    const rest = f32x4.mul(f32x4.mul(sum, sum), v128.bitselect(one, square, negative));
    const r = f32x4.div(one, f32x4.add(one, e));
    const s = v128.bitselect(f32x4.mul(e, r), r, negative);
    v128.store(z, f32x4.mul(x, t));
    v128.store(d, multiplyAdd(f32x4.mul(x, rest), s, t));
  }
}
