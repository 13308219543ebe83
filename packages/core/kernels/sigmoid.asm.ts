/**
 * @file Logistic sigmoid, in place, and its derivative: with e = e^−|z| and r = 1 / (1 + e), a = r or e·r,
 * φ′ = e·r².
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";

export function sigmoid(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const e = Exp.four(f32x4.neg(f32x4.abs(x)));
    const r = f32x4.div(one, f32x4.add(one, e));
    const small = f32x4.mul(e, r);
    v128.store(z, v128.bitselect(small, r, f32x4.lt(x, i32x4.splat(0))));
    v128.store(d, f32x4.mul(small, r));
  }
}
