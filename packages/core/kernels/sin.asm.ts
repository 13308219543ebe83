/**
 * @file Sine of ω z, in place, and ω cos(ω z).
 *
 * ω z = n π/2 + r with |r| ≤ π/4, n by adding and taking away 1.5 · 2²³, π/2 in three parts of which the
 * first two have few bits; r + r³ P(r²) and 1 − r²/2 + r⁴ Q(r²), P and Q of degree 2. Meant for |ω z| below
 * some 1,000: beyond, n times the parts is no longer exact.
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { multiplyAdd } from "./multiply-add.asm";

const TABLE = memory.data<f32>([
  -0.16666655242443085, 0.00833217240869999, -0.0001951647427631542, 0.04166664555668831,
  -0.0013887359527871013, 2.443752237013541e-5, 0.6366197466850281, 12582912, -1.5703125,
  -0.0004837512969970703, -7.549790126404332e-8, 0.5, 1,
]);

export function sin(z: usize, d: usize, n: i32, omega: f32): void {
  const frequency = f32x4.splat(omega);
  const end = z + ((<usize>n) << 2);
  for (; z < end; z += 16, d += 16) {
    const y = f32x4.mul(v128.load(z), frequency);
    const magic = v128.load32_splat(TABLE, 28);
    const shifted = f32x4.add(f32x4.mul(y, v128.load32_splat(TABLE, 24)), magic);
    const turns = f32x4.sub(shifted, magic);
    let r = multiplyAdd(turns, v128.load32_splat(TABLE, 32), y);
    r = multiplyAdd(turns, v128.load32_splat(TABLE, 36), r);
    r = multiplyAdd(turns, v128.load32_splat(TABLE, 40), r);
    const square = f32x4.mul(r, r);
    let p = multiplyAdd(v128.load32_splat(TABLE, 8), square, v128.load32_splat(TABLE, 4));
    p = multiplyAdd(p, square, v128.load32_splat(TABLE, 0));
    const sine = multiplyAdd(f32x4.mul(square, r), p, r);
    p = multiplyAdd(v128.load32_splat(TABLE, 20), square, v128.load32_splat(TABLE, 16));
    p = multiplyAdd(p, square, v128.load32_splat(TABLE, 12));
    const half = f32x4.sub(v128.load32_splat(TABLE, 48), f32x4.mul(square, v128.load32_splat(TABLE, 44)));
    const cosine = multiplyAdd(f32x4.mul(square, square), p, half);
    const odd = i32x4.eq(v128.and(shifted, i32x4.splat(1)), i32x4.splat(1));
    const sineSign = i32x4.shl(v128.and(shifted, i32x4.splat(2)), 30);
    const cosineSign = i32x4.shl(v128.and(i32x4.add(shifted, i32x4.splat(1)), i32x4.splat(2)), 30);
    v128.store(z, v128.xor(v128.bitselect(cosine, sine, odd), sineSign));
    v128.store(d, f32x4.mul(v128.xor(v128.bitselect(sine, cosine, odd), cosineSign), frequency));
  }
}
