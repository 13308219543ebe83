/**
 * @file Dense backward to the parameters: dW = dZ · Xᵀ and db = dZ · 1, added to what is there where `add` is 1.
 *
 *   X  [I, B]   read
 *   dZ [O, B]   read
 *   dW [O, I]   written in full; read where `add` is 1
 *   db [O]      the same
 *
 * Each sum runs over the samples in four lanes, lane l over l, l + 4, l + 8, …, from 0; then
 * (lane 0 + lane 1) + (lane 2 + lane 3), whatever the tile: up to 5 × 2 sums stay in registers.
 * The product is symmetric, so the five are units or inputs, whichever take fewer instructions. db is a pass of its
 * own; only with two inputs, where some units at a time leave registers for their db, it comes with dW.
 * Caller guarantees: f32, X and dZ 16-byte aligned, B a multiple of 8, dZ zero in the padding.
 * Work: 2·B·O·I flop. Watched by bench workload A.
 */
import { FIVE, FOUR, THREE, TWO } from "./count.asm";
import { Lanes } from "./lanes.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { sumRows } from "./sum-rows.asm";

class Tile {
  /** R rows of p against C rows of q; entry (r, c) is written to out + r·down + c·across. */
  @inline static product<R>(
    C: i32,
    p: usize,
    q: usize,
    out: usize,
    down: usize,
    across: usize,
    row: usize,
    add: i32,
  ): void {
    const zero = i32x4.splat(0);
    let a0 = zero;
    let b0 = zero;
    let a1 = zero;
    let b1 = zero;
    let a2 = zero;
    let b2 = zero;
    let a3 = zero;
    let b3 = zero;
    let a4 = zero;
    let b4 = zero;
    const p1 = p + row;
    const p2 = p1 + row;
    const p3 = p2 + row;
    const p4 = p3 + row;
    const q1 = q + row;
    for (let s: usize = 0; s < row; s += 16) {
      const x = v128.load(q + s);
      const y = C > 1 ? v128.load(q1 + s) : x;
      let k = v128.load(p + s);
      a0 = multiplyAdd(k, x, a0);
      if (C > 1) b0 = multiplyAdd(k, y, b0);
      if (sizeof<R>() >= TWO) {
        k = v128.load(p1 + s);
        a1 = multiplyAdd(k, x, a1);
        if (C > 1) b1 = multiplyAdd(k, y, b1);
      }
      if (sizeof<R>() >= THREE) {
        k = v128.load(p2 + s);
        a2 = multiplyAdd(k, x, a2);
        if (C > 1) b2 = multiplyAdd(k, y, b2);
      }
      if (sizeof<R>() >= FOUR) {
        k = v128.load(p3 + s);
        a3 = multiplyAdd(k, x, a3);
        if (C > 1) b3 = multiplyAdd(k, y, b3);
      }
      if (sizeof<R>() >= FIVE) {
        k = v128.load(p4 + s);
        a4 = multiplyAdd(k, x, a4);
        if (C > 1) b4 = multiplyAdd(k, y, b4);
      }
    }
    Tile.put(C, out, across, a0, b0, add);
    if (sizeof<R>() >= TWO) Tile.put(C, out + down, across, a1, b1, add);
    if (sizeof<R>() >= THREE) Tile.put(C, out + 2 * down, across, a2, b2, add);
    if (sizeof<R>() >= FOUR) Tile.put(C, out + 3 * down, across, a3, b3, add);
    if (sizeof<R>() >= FIVE) Tile.put(C, out + 4 * down, across, a4, b4, add);
  }

  /** R units against two inputs, x and y, and their sums. */
  @inline static two<R>(dz: usize, x: usize, y: usize, dw: usize, db: usize, row: usize, add: i32): void {
    const zero = i32x4.splat(0);
    let a0 = zero;
    let b0 = zero;
    let c0 = zero;
    let a1 = zero;
    let b1 = zero;
    let c1 = zero;
    let a2 = zero;
    let b2 = zero;
    let c2 = zero;
    let a3 = zero;
    let b3 = zero;
    let c3 = zero;
    const dz1 = dz + row;
    const dz2 = dz1 + row;
    const dz3 = dz2 + row;
    for (let s: usize = 0; s < row; s += 16) {
      const xs = v128.load(x + s);
      const ys = v128.load(y + s);
      let k = v128.load(dz + s);
      a0 = multiplyAdd(k, xs, a0);
      b0 = multiplyAdd(k, ys, b0);
      c0 = f32x4.add(c0, k);
      if (sizeof<R>() >= TWO) {
        k = v128.load(dz1 + s);
        a1 = multiplyAdd(k, xs, a1);
        b1 = multiplyAdd(k, ys, b1);
        c1 = f32x4.add(c1, k);
      }
      if (sizeof<R>() >= THREE) {
        k = v128.load(dz2 + s);
        a2 = multiplyAdd(k, xs, a2);
        b2 = multiplyAdd(k, ys, b2);
        c2 = f32x4.add(c2, k);
      }
      if (sizeof<R>() >= FOUR) {
        k = v128.load(dz3 + s);
        a3 = multiplyAdd(k, xs, a3);
        b3 = multiplyAdd(k, ys, b3);
        c3 = f32x4.add(c3, k);
      }
    }
    Tile.three(dw, db, a0, b0, c0, add);
    if (sizeof<R>() >= TWO) Tile.three(dw + 8, db + 4, a1, b1, c1, add);
    if (sizeof<R>() >= THREE) Tile.three(dw + 16, db + 8, a2, b2, c2, add);
    if (sizeof<R>() >= FOUR) Tile.three(dw + 24, db + 12, a3, b3, c3, add);
  }

  @inline static three(dw: usize, db: usize, a: v128, b: v128, c: v128, add: i32): void {
    Lanes.put(dw, a, add);
    Lanes.put(dw + 4, b, add);
    Lanes.put(db, c, add);
  }

  @inline static put(C: i32, out: usize, across: usize, a: v128, b: v128, add: i32): void {
    Lanes.put(out, a, add);
    if (C > 1) Lanes.put(out + across, b, add);
  }

  @inline static rows<R>(
    p: usize,
    q: usize,
    out: usize,
    n: i32,
    down: usize,
    across: usize,
    row: usize,
    add: i32,
  ): void {
    let c = n;
    for (; c > 1; c -= 2) {
      Tile.product<R>(2, p, q, out, down, across, row, add);
      q += 2 * row;
      out += 2 * across;
    }
    if (c > 0) Tile.product<R>(1, p, q, out, down, across, row, add);
  }
}

/** Units at a time with two inputs: where multiply and add are two instructions, a product takes a register too. */
const UNITS = ASC_FEATURE_RELAXED_SIMD ? 4 : 3;

/** With two inputs: dW and db in one pass. */
function narrow(x: usize, dz: usize, dw: usize, db: usize, O: i32, row: usize, add: i32): void {
  const y = x + row;
  for (let left = O, blocks = (O + UNITS - 1) / UNITS; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (UNITS > 3 && rows === 4) Tile.two<u64>(dz, x, y, dw, db, row, add);
    else if (rows === 3) Tile.two<u32>(dz, x, y, dw, db, row, add);
    else if (rows === 2) Tile.two<u16>(dz, x, y, dw, db, row, add);
    else Tile.two<u8>(dz, x, y, dw, db, row, add);
    dz += <usize>rows * row;
    dw += (<usize>rows) << 3;
    db += (<usize>rows) << 2;
    left -= rows;
  }
}

/** Instructions, but for a factor, of `tall` rows by fives against `wide` rows by pairs. */
function cost(tall: i32, wide: i32): i32 {
  return ((tall + 4) / 5 + tall) * (3 * wide + (wide & 1));
}

export function denseBackwardWeights(
  x: usize,
  dz: usize,
  dw: usize,
  db: usize,
  I: i32,
  O: i32,
  B: i32,
  add: i32,
): void {
  const row = (<usize>B) << 2;
  if (I === 2) {
    narrow(x, dz, dw, db, O, row, add);
    return;
  }
  sumRows(dz, db, O, B, add);
  const width = (<usize>I) << 2;
  const tall = cost(O, I) <= cost(I, O);
  let p = tall ? dz : x;
  const q = tall ? x : dz;
  const n = tall ? I : O;
  const down: usize = tall ? width : 4;
  const across: usize = tall ? 4 : width;
  for (let left = tall ? O : I, blocks = (left + 4) / 5; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (rows === 5) Tile.rows<v128>(p, q, dw, n, down, across, row, add);
    else if (rows === 4) Tile.rows<u64>(p, q, dw, n, down, across, row, add);
    else if (rows === 3) Tile.rows<u32>(p, q, dw, n, down, across, row, add);
    else if (rows === 2) Tile.rows<u16>(p, q, dw, n, down, across, row, add);
    else Tile.rows<u8>(p, q, dw, n, down, across, row, add);
    p += <usize>rows * row;
    dw += <usize>rows * down;
    left -= rows;
  }
}
