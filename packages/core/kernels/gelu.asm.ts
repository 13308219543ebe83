/**
 * @file GELU by the normal distribution function, in place: a = z Φ(z), φ′ = Φ(z) + z · density(z).
 *
 * With q = e^(−z²/2) and u = 1 / (1 + |z| / 4): Φ(−|z|) = q · u · P(u), P of degree 9 with relative error 8e-9
 * before rounding, so that the tail keeps its figures.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

const TABLE = memory.data<f32>([
  0.0997479036450386, 0.09949260205030441, 0.09551533311605453, 0.07200125604867935, 0.086651511490345,
  0.012721964158117771, 0.028423555195331573, 0.051661618053913116, -0.06279611587524414,
  0.016580378636717796, 0.3989422804014327, 0.5, 0.25, 1,
]);

export function gelu(z: usize, d: usize, n: i32): void {
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const x = v128.load(z);
    const one = v128.load32_splat(TABLE, 52);
    const size = f32x4.abs(x);
    const q = Exp.decay(f32x4.mul(f32x4.mul(x, x), v128.load32_splat(TABLE, 44)));
    const u = f32x4.div(one, multiplyAdd(size, v128.load32_splat(TABLE, 48), one));
    let p = multiplyAdd(v128.load32_splat(TABLE, 36), u, v128.load32_splat(TABLE, 32));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 28));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 24));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 20));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 16));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 12));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 8));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 4));
    p = multiplyAdd(p, u, v128.load32_splat(TABLE, 0));
    const tail = f32x4.mul(f32x4.mul(p, u), q);
    const share = v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, i32x4.splat(0)));
    v128.store(z, f32x4.mul(x, share));
    v128.store(d, multiplyAdd(x, f32x4.mul(q, v128.load32_splat(TABLE, 40)), share));
  }
}
