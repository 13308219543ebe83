/**
 * @file ln x of two normal doubles: the arithmetic of `logParts` in src/math/log.ts, operation by operation.
 *
 *   LOGS [93, 2]   read: ln (k / 128) for k = 90 … 182, high part and low part
 */
const TABLE = memory.data<f64>([
  4503599627371519,
  1,
  Math.SQRT2,
  128,
  0.5,
  0.0078125,
  4503599627370496,
  134217729,
  2,
  9,
  0.14285714285714285,
  0.2,
  0.3333333333333333,
  0.6931471803691238,
  1.9082149292705877e-10,
  1.1612227229362532e-26,
]);
const MANTISSA: i64 = 0x000fffffffffffff;

export class Log {
  @inline static two(x: v128, logs: usize): v128 {
    const one = v128.load64_splat(TABLE, 8);
    const half = v128.load64_splat(TABLE, 32);
    const twoTo52 = v128.load64_splat(TABLE, 48);
    const two = v128.load64_splat(TABLE, 64);

    let m = v128.or(v128.and(x, i64x2.splat(MANTISSA)), one);
    let e = f64x2.sub(v128.or(i64x2.shr_u(x, 52), twoTo52), v128.load64_splat(TABLE));
    const big = f64x2.gt(m, v128.load64_splat(TABLE, 16));
    m = v128.bitselect(f64x2.mul(m, half), m, big);
    e = f64x2.add(e, v128.and(big, one));

    const k = f64x2.floor(f64x2.add(f64x2.mul(m, v128.load64_splat(TABLE, 24)), half));
    const c = f64x2.mul(k, v128.load64_splat(TABLE, 40));
    const index = f64x2.add(k, twoTo52);
    const entry0 = v128.load(logs + ((<usize>i32x4.extract_lane(index, 0) - 90) << 4));
    const entry1 = v128.load(logs + ((<usize>i32x4.extract_lane(index, 2) - 90) << 4));
    const high = v128.shuffle<i64>(entry0, entry1, 0, 2);
    const low = v128.shuffle<i64>(entry0, entry1, 1, 3);

    const numerator = f64x2.sub(m, c);
    const denominator = f64x2.add(m, c);
    const lost = Log.sumError(m, c, denominator);
    const t = f64x2.div(numerator, denominator);
    const product = f64x2.mul(t, denominator);
    let rest = f64x2.sub(f64x2.sub(numerator, product), Log.productError(t, denominator, product));
    rest = f64x2.div(f64x2.sub(rest, f64x2.mul(t, lost)), denominator);
    const square = f64x2.mul(t, t);
    const twice = f64x2.mul(two, t);
    let series = f64x2.add(v128.load64_splat(TABLE, 80), f64x2.div(square, v128.load64_splat(TABLE, 72)));
    series = f64x2.add(v128.load64_splat(TABLE, 88), f64x2.mul(square, series));
    series = f64x2.add(v128.load64_splat(TABLE, 96), f64x2.mul(square, series));
    series = f64x2.mul(f64x2.mul(twice, square), series);

    const eHigh = f64x2.mul(e, v128.load64_splat(TABLE, 104));
    const first = f64x2.add(eHigh, high);
    const second = f64x2.add(first, twice);
    const errors = f64x2.add(Log.sumError(eHigh, high, first), Log.sumError(first, twice, second));
    let small = f64x2.add(f64x2.add(low, f64x2.mul(two, rest)), series);
    small = f64x2.add(small, f64x2.mul(e, v128.load64_splat(TABLE, 112)));
    small = f64x2.add(small, f64x2.mul(e, v128.load64_splat(TABLE, 120)));
    return f64x2.add(second, f64x2.add(errors, small));
  }

  @inline static sumError(a: v128, b: v128, s: v128): v128 {
    const part = f64x2.sub(s, a);
    return f64x2.add(f64x2.sub(a, f64x2.sub(s, part)), f64x2.sub(b, part));
  }

  @inline static productError(a: v128, b: v128, p: v128): v128 {
    const split = v128.load64_splat(TABLE, 56);
    const ca = f64x2.mul(split, a);
    const ah = f64x2.sub(ca, f64x2.sub(ca, a));
    const al = f64x2.sub(a, ah);
    const cb = f64x2.mul(split, b);
    const bh = f64x2.sub(cb, f64x2.sub(cb, b));
    const bl = f64x2.sub(b, bh);
    const missing = f64x2.sub(
      f64x2.sub(f64x2.sub(p, f64x2.mul(ah, bh)), f64x2.mul(al, bh)),
      f64x2.mul(ah, bl),
    );
    return f64x2.sub(f64x2.mul(al, bl), missing);
  }
}
