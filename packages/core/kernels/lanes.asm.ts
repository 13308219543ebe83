/** The four lanes of a sum over samples. */
export class Lanes {
  /** Writes (lane 0 + lane 1) + (lane 2 + lane 3), added to what is there where `add` is 1. */
  @inline static put(out: usize, a: v128, add: i32): void {
    const sum =
      f32x4.extract_lane(a, 0) +
      f32x4.extract_lane(a, 1) +
      (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
    store<f32>(out, add ? load<f32>(out) + sum : sum);
  }
}
