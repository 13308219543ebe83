/**
 * @file Dense backward to the bias: db = the sum of each row of dZ, added to what is there where `add` is 1.
 *
 *   dZ [O, B]   read
 *   db [O]      written in full; read where `add` is 1
 *
 * Four lanes from 0, lane l over l, l + 4, …; then (lane 0 + lane 1) + (lane 2 + lane 3).
 * Up to five rows at a time, so that additions do not wait for one another.
 * Caller guarantees: f32, dZ 16-byte aligned, B a multiple of 8, dZ zero in the padding. Work: B·O flop.
 */
import { Lanes } from "./lanes.asm";

class Rows {
  @inline static sum(R: i32, dz: usize, db: usize, row: usize, add: i32): void {
    const zero = i32x4.splat(0);
    const dz1 = dz + row;
    const dz2 = dz1 + row;
    const dz3 = dz2 + row;
    const dz4 = dz3 + row;
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    let e = zero;
    for (let s: usize = 0; s < row; s += 16) {
      a = f32x4.add(a, v128.load(dz + s));
      if (R > 1) b = f32x4.add(b, v128.load(dz1 + s));
      if (R > 2) c = f32x4.add(c, v128.load(dz2 + s));
      if (R > 3) d = f32x4.add(d, v128.load(dz3 + s));
      if (R > 4) e = f32x4.add(e, v128.load(dz4 + s));
    }
    Lanes.put(db, a, add);
    if (R > 1) Lanes.put(db + 4, b, add);
    if (R > 2) Lanes.put(db + 8, c, add);
    if (R > 3) Lanes.put(db + 12, d, add);
    if (R > 4) Lanes.put(db + 16, e, add);
  }
}

export function sumRows(dz: usize, db: usize, O: i32, B: i32, add: i32): void {
  const row = (<usize>B) << 2;
  for (let left = O, blocks = (O + 4) / 5; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (rows === 5) Rows.sum(5, dz, db, row, add);
    else if (rows === 4) Rows.sum(4, dz, db, row, add);
    else if (rows === 3) Rows.sum(3, dz, db, row, add);
    else if (rows === 2) Rows.sum(2, dz, db, row, add);
    else Rows.sum(1, dz, db, row, add);
    dz += <usize>rows * row;
    db += (<usize>rows) << 2;
    left -= rows;
  }
}
