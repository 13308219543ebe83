/**
 * @file SiLU, in place: a = z σ(z), φ′ = σ + z σ′, with e = e^−|z|, 0 beyond 87, r = 1 / (1 + e), σ = r or e·r,
 * σ′ = e·r².
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

export function silu(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const e = Exp.decay(f32x4.abs(x));
    const r = f32x4.div(one, f32x4.add(one, e));
    const small = f32x4.mul(e, r);
    const s = v128.bitselect(small, r, f32x4.lt(x, i32x4.splat(0)));
    v128.store(z, f32x4.mul(x, s));
    v128.store(d, multiplyAdd(x, f32x4.mul(small, r), s));
  }
}
