/**
 * @file Hyperbolic tangent, in place, and its derivative: with e = e^−2|z| and r = 1 / (1 + e),
 * |a| = 1 − 2·e·r, below 0.625 z + z³ P(z²) with P of degree 4; φ′ = 4·e·r².
 *
 *   Z [n]   read and written
 *   D [n]   written
 *
 * Caller guarantees: f32, 16-byte aligned, n a multiple of 4.
 */
import { Exp } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

const TABLE = memory.data<f32>([
  -0.33333277702331543, 0.13331328332424164, -0.053729213774204254, 0.02060195803642273, -0.005660739261657,
  0.625, 1, -2, 4,
]);

export class Tanh {
  /** From e^−2|x| and 1 / (1 + e^−2|x|). */
  @inline static from(x: v128, e: v128, r: v128): v128 {
    const size = f32x4.abs(x);
    const square = f32x4.mul(x, x);
    let p = multiplyAdd(v128.load32_splat(TABLE, 16), square, v128.load32_splat(TABLE, 12));
    p = multiplyAdd(p, square, v128.load32_splat(TABLE, 8));
    p = multiplyAdd(p, square, v128.load32_splat(TABLE, 4));
    p = multiplyAdd(p, square, v128.load32_splat(TABLE, 0));
    const near = multiplyAdd(f32x4.mul(square, size), p, size);
    const far = multiplyAdd(f32x4.mul(v128.load32_splat(TABLE, 28), e), r, v128.load32_splat(TABLE, 24));
    const both = v128.bitselect(near, far, f32x4.lt(size, v128.load32_splat(TABLE, 20)));
    return v128.or(both, v128.and(x, i32x4.splat(i32.MIN_VALUE)));
  }
}

class Pass {
  /** Both are computed before either is stored, so that constants are read once. */
  @inline static over(V: i32, z: usize, d: usize): void {
    const one = v128.load32_splat(TABLE, 24);
    const x = v128.load(z);
    const y = V > 1 ? v128.load(z, 16) : x;
    const e = Pass.decay(x);
    const g = V > 1 ? Pass.decay(y) : e;
    const r = f32x4.div(one, f32x4.add(one, e));
    const q = V > 1 ? f32x4.div(one, f32x4.add(one, g)) : r;
    const a = Tanh.from(x, e, r);
    const b = V > 1 ? Tanh.from(y, g, q) : a;
    v128.store(z, a);
    v128.store(d, Pass.slope(e, r));
    if (V > 1) {
      v128.store(z, b, 16);
      v128.store(d, Pass.slope(g, q), 16);
    }
  }

  @inline static decay(x: v128): v128 {
    return Exp.four(f32x4.mul(v128.load32_splat(TABLE, 28), f32x4.abs(x)));
  }

  @inline static slope(e: v128, r: v128): v128 {
    return f32x4.mul(f32x4.mul(f32x4.mul(v128.load32_splat(TABLE, 32), e), r), r);
  }
}

export function tanh(z: usize, d: usize, n: i32): void {
  const end = z + ((<usize>n) << 2);
  const pairs = z + ((<usize>(n & ~7)) << 2);
  for (; z < pairs; z += 32, d += 32) Pass.over(2, z, d);
  if (z < end) Pass.over(1, z, d);
}
