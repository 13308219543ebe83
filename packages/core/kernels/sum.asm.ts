/**
 * @file Sums of float32 lanes in float64: lane l holds the samples l, l + 4, l + 8, …; at the end
 * (lane 0 + lane 1) + (lane 2 + lane 3). `valid` masks the padding of the last vector.
 */
export class Sum {
  @inline static low(sum: v128, x: v128): v128 {
    return f64x2.add(sum, f64x2.promote_low_f32x4(x));
  }

  @inline static high(sum: v128, x: v128): v128 {
    return f64x2.add(
      sum,
      f64x2.promote_low_f32x4(
        i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
      ),
    );
  }

  @inline static all(low: v128, high: v128): f64 {
    return (
      f64x2.extract_lane(low, 0) +
      f64x2.extract_lane(low, 1) +
      (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1))
    );
  }

  /** All ones in the lanes s … s + 3 that are below n. */
  @inline static valid(s: i32, n: i32): v128 {
    return i32x4.lt_s(i32x4.add(i32x4.splat(s), i32x4(0, 1, 2, 3)), i32x4.splat(n));
  }
}
