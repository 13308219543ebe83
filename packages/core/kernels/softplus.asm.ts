/**
 * @file Softplus, in place: a = max(z, 0) + ln(1 + e^−|z|), φ′ = σ(z).
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { Log } from "./log.asm";

export function softplus(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const zero = i32x4.splat(0);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const e = Exp.decay(f32x4.abs(x));
    const r = f32x4.div(one, f32x4.add(one, e));
    v128.store(z, f32x4.add(f32x4.pmax(x, zero), Log.onePlus(e)));
    v128.store(d, v128.bitselect(f32x4.mul(e, r), r, f32x4.lt(x, zero)));
  }
}
