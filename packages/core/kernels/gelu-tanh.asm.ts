/**
 * @file GELU by tanh, in place: a = z σ(v) with v = z (k + c z²), φ′ = σ + z σ′ (k + 3c z²); k = 2√(2/π),
 * c = 0.044715 k.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

export function geluTanh(z: usize, d: usize, n: i32): void {
  const one = f32x4.splat(1);
  const k = f32x4.splat(1.5957691216057308);
  const c = f32x4.splat(0.07135481387376785);
  const thrice = f32x4.splat(0.21406444907188416);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const square = f32x4.mul(x, x);
    const inner = f32x4.mul(x, multiplyAdd(square, c, k));
    const e = Exp.decay(f32x4.abs(inner));
    const r = f32x4.div(one, f32x4.add(one, e));
    const small = f32x4.mul(e, r);
    const s = v128.bitselect(small, r, f32x4.lt(x, i32x4.splat(0)));
    const slope = f32x4.mul(f32x4.mul(small, r), multiplyAdd(square, thrice, k));
    v128.store(z, f32x4.mul(x, s));
    v128.store(d, multiplyAdd(x, slope, s));
  }
}
