/** @file 32-bit words as u = (word + ½) · 2⁻³² in float64, exactly, and what all draws do with them. */

const TABLE = memory.data<f64>([4503599627370495.5, 2.3283064365386963e-10]);
/** The high word of 2⁵²: with a word w below it, the double is 2⁵² + w. */
const HIGH = memory.data<i32>([0x43300000]);

export class Unit {
  @inline static first(words: v128): v128 {
    return Unit.scale(v128.shuffle<i32>(words, v128.load32_splat(HIGH), 0, 4, 1, 5));
  }

  @inline static last(words: v128): v128 {
    return Unit.scale(v128.shuffle<i32>(words, v128.load32_splat(HIGH), 2, 4, 3, 5));
  }

  @inline private static scale(x: v128): v128 {
    return f64x2.mul(f64x2.sub(x, v128.load64_splat(TABLE)), v128.load64_splat(TABLE, 8));
  }

  /** Four values, rounded to float32. */
  @inline static narrow(first: v128, last: v128): v128 {
    return v128.shuffle<i64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(last), 0, 2);
  }

  /** a + b · x */
  @inline static line(a: f64, b: f64, x: v128): v128 {
    return f64x2.add(f64x2.splat(a), f64x2.mul(f64x2.splat(b), x));
  }
}
