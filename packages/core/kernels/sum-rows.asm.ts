/**
 * @file Dense backward to the bias: db = the sum of each row of dZ, added to what is there where `add` is 1.
 *
 *   dZ [O, B]   read
 *   db [O]      written in full; read where `add` is 1
 *
 * Four lanes from 0, lane l over l, l + 4, …; then (lane 0 + lane 1) + (lane 2 + lane 3).
 * Four rows at a time, so that additions do not wait for one another.
 * Caller guarantees: f32, dZ 16-byte aligned, B a multiple of 4, dZ zero in the padding. Work: B·O flop.
 */
class Lanes {
  @inline static put(out: usize, a: v128, add: i32): void {
    const sum =
      f32x4.extract_lane(a, 0) +
      f32x4.extract_lane(a, 1) +
      (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
    store<f32>(out, add ? load<f32>(out) + sum : sum);
  }
}

export function sumRows(dz: usize, db: usize, O: i32, B: i32, add: i32): void {
  const row = (<usize>B) << 2;
  const zero = i32x4.splat(0);
  let o = O;
  for (; o > 3; o -= 4) {
    const dz1 = dz + row;
    const dz2 = dz1 + row;
    const dz3 = dz2 + row;
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    for (let s: usize = 0; s < row; s += 16) {
      a = f32x4.add(a, v128.load(dz + s));
      b = f32x4.add(b, v128.load(dz1 + s));
      c = f32x4.add(c, v128.load(dz2 + s));
      d = f32x4.add(d, v128.load(dz3 + s));
    }
    Lanes.put(db, a, add);
    Lanes.put(db + 4, b, add);
    Lanes.put(db + 8, c, add);
    Lanes.put(db + 12, d, add);
    dz = dz3 + row;
    db += 16;
  }
  for (; o > 0; o--) {
    let a = zero;
    for (let s: usize = 0; s < row; s += 16) a = f32x4.add(a, v128.load(dz + s));
    Lanes.put(db, a, add);
    dz += row;
    db += 4;
  }
}
