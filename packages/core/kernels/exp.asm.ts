/**
 * @file e^x on four lanes. x is held to −87.33 … 88.37, where the result is finite and normal;
 * a NaN stays one.
 *
 * x = n ln 2 + r with |r| ≤ ln 2 / 2, n by adding and taking away 1.5 · 2²³, ln 2 in two parts of
 * which the first has 9 bits, so that n times it is exact; e^r = 1 + (r + r² P(r)), P of degree 4
 * by pairs, with relative error 3e-9 before rounding; 2ⁿ by its bits. At most 1 ulp off.
 *
 * Constants are read from memory: written out they would be rebuilt in every round of a loop.
 */
import { multiplyAdd } from "./multiply-add.asm";

export const EXP_TABLE = memory.data<f32>([
  -87.33, 88.37, 1.4426950216293335, 12582912, -0.693359375, 2.1219444e-4, 0.4999999403953552,
  0.1666652113199234, 0.04166838899254799, 0.008368737064301968, 0.0013814547564834356, 1, 87,
]);

export class Exp {
  /** e^x */
  @inline static four(x: v128): v128 {
    const one = v128.load32_splat(EXP_TABLE, 44);
    const held = Exp.hold(x);
    const shifted = Exp.shift(held);
    const p = f32x4.add(Exp.rest(held, shifted), one);
    return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), one));
  }

  /** e^−x for x ≥ 0; 0 beyond 87 and for a NaN. */
  @inline static decay(x: v128): v128 {
    return v128.and(Exp.four(f32x4.neg(x)), f32x4.lt(x, v128.load32_splat(EXP_TABLE, 48)));
  }

  /** e^x − 1: the polynomial itself where n = 0. */
  @inline static minusOne(x: v128): v128 {
    const one = v128.load32_splat(EXP_TABLE, 44);
    const held = Exp.hold(x);
    const shifted = Exp.shift(held);
    const rest = Exp.rest(held, shifted);
    const power = f32x4.mul(f32x4.add(rest, one), i32x4.add(i32x4.shl(shifted, 23), one));
    const near = f32x4.eq(shifted, v128.load32_splat(EXP_TABLE, 12));
    return v128.bitselect(rest, f32x4.sub(power, one), near);
  }

  @inline static hold(x: v128): v128 {
    const low = f32x4.pmax(x, v128.load32_splat(EXP_TABLE, 0));
    return f32x4.pmin(low, v128.load32_splat(EXP_TABLE, 4));
  }

  /** 1.5 · 2²³ + n */
  @inline static shift(x: v128): v128 {
    return f32x4.add(f32x4.mul(x, v128.load32_splat(EXP_TABLE, 8)), v128.load32_splat(EXP_TABLE, 12));
  }

  /** e^r − 1 */
  @inline static rest(x: v128, shifted: v128): v128 {
    const n = f32x4.sub(shifted, v128.load32_splat(EXP_TABLE, 12));
    let r = multiplyAdd(n, v128.load32_splat(EXP_TABLE, 16), x);
    r = multiplyAdd(n, v128.load32_splat(EXP_TABLE, 20), r);
    const square = f32x4.mul(r, r);
    const low = multiplyAdd(v128.load32_splat(EXP_TABLE, 28), r, v128.load32_splat(EXP_TABLE, 24));
    const high = multiplyAdd(v128.load32_splat(EXP_TABLE, 36), r, v128.load32_splat(EXP_TABLE, 32));
    let p = multiplyAdd(v128.load32_splat(EXP_TABLE, 40), square, high);
    p = multiplyAdd(p, square, low);
    return multiplyAdd(square, p, r);
  }
}
