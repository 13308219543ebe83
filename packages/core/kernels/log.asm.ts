/**
 * @file ln on four lanes.
 *
 * 1 + t with t from √½ − 1 to √2 − 1, and ln (1 + t) = t + (t³ P(t) − t²/2), P of degree 7 with relative
 * error 6e-9 before rounding; ln 2 is added for each power of two that was taken out.
 */
import { multiplyAdd } from "./multiply-add.asm";

const TABLE = memory.data<f32>([
  0.3333333134651184, -0.250008225440979, 0.20001225173473358, -0.16623352468013763, 0.14201784133911133,
  -0.13160255551338196, 0.12761420011520386, -0.07634107768535614, 0.4142135679721832, 0.6931471824645996, 1,
  0.5,
]);

export class Log {
  /** ln (1 + u) for 0 ≤ u ≤ 1, which keeps a small u. */
  @inline static onePlus(u: v128): v128 {
    const one = v128.load32_splat(TABLE, 40);
    const big = f32x4.gt(u, v128.load32_splat(TABLE, 32));
    const halved = f32x4.mul(f32x4.sub(u, one), v128.load32_splat(TABLE, 44));
    const log = Log.near(v128.bitselect(halved, u, big));
    return f32x4.add(log, v128.and(big, v128.load32_splat(TABLE, 36)));
  }

  /** ln x for finite, normal x > 0. */
  @inline static four(x: v128): v128 {
    const one = v128.load32_splat(TABLE, 40);
    const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), one);
    const t = f32x4.sub(mantissa, one);
    const big = f32x4.gt(t, v128.load32_splat(TABLE, 32));
    const halved = f32x4.mul(f32x4.sub(t, one), v128.load32_splat(TABLE, 44));
    const exponent = i32x4.sub(i32x4.sub(i32x4.shr_s(x, 23), i32x4.splat(127)), big);
    const power = f32x4.convert_i32x4_s(exponent);
    return multiplyAdd(power, v128.load32_splat(TABLE, 36), Log.near(v128.bitselect(halved, t, big)));
  }

  @inline static near(t: v128): v128 {
    let p = multiplyAdd(v128.load32_splat(TABLE, 28), t, v128.load32_splat(TABLE, 24));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 20));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 16));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 12));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 8));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 4));
    p = multiplyAdd(p, t, v128.load32_splat(TABLE, 0));
    const square = f32x4.mul(t, t);
    const half = f32x4.mul(square, v128.load32_splat(TABLE, 44));
    return f32x4.add(t, f32x4.sub(f32x4.mul(f32x4.mul(square, t), p), half));
  }
}
