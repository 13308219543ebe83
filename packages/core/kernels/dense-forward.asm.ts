/**
 * @file Dense forward: Z = W · X + b, with ReLU fused in where `relu` is 1.
 *
 *   X [I, B]   read      one unit a row, samples contiguous
 *   W [O, I]   read
 *   b [O]      read
 *   Z [O, B]   written in full, never read
 *
 * Each output starts at its bias and adds over I in the order 0, 1, 2, …, whatever the tile:
 * up to 5 units × 8 samples stay in registers.
 * Caller guarantees: f32, X and Z 16-byte aligned, B a multiple of 4.
 * Work: 2·B·O·I flop. Watched by bench workload A.
 */
import { multiplyAdd } from "./multiply-add.asm";

class Tile {
  /** R units and the samples of V vectors; `row` bytes of samples a unit, `width` bytes of weights. */
  @inline static forward(
    R: i32,
    V: i32,
    x: usize,
    w: usize,
    b: usize,
    z: usize,
    row: usize,
    width: usize,
    relu: i32,
  ): void {
    const w1 = w + width;
    const w2 = w1 + width;
    const w3 = w2 + width;
    const w4 = w3 + width;
    let xa = v128.load(x);
    let xb = V > 1 ? v128.load(x, 16) : xa;
    let start = v128.load32_splat(b);
    let k = v128.load32_splat(w);
    let a0 = multiplyAdd(k, xa, start);
    let b0 = V > 1 ? multiplyAdd(k, xb, start) : a0;
    if (R > 1) {
      start = v128.load32_splat(b, 4);
      k = v128.load32_splat(w1);
    }
    let a1 = R > 1 ? multiplyAdd(k, xa, start) : a0;
    let b1 = R > 1 && V > 1 ? multiplyAdd(k, xb, start) : a0;
    if (R > 2) {
      start = v128.load32_splat(b, 8);
      k = v128.load32_splat(w2);
    }
    let a2 = R > 2 ? multiplyAdd(k, xa, start) : a0;
    let b2 = R > 2 && V > 1 ? multiplyAdd(k, xb, start) : a0;
    if (R > 3) {
      start = v128.load32_splat(b, 12);
      k = v128.load32_splat(w3);
    }
    let a3 = R > 3 ? multiplyAdd(k, xa, start) : a0;
    let b3 = R > 3 && V > 1 ? multiplyAdd(k, xb, start) : a0;
    if (R > 4) {
      start = v128.load32_splat(b, 16);
      k = v128.load32_splat(w4);
    }
    let a4 = R > 4 ? multiplyAdd(k, xa, start) : a0;
    let b4 = R > 4 && V > 1 ? multiplyAdd(k, xb, start) : a0;
    for (let i: usize = 4; i < width; i += 4) {
      x += row;
      xa = v128.load(x);
      if (V > 1) xb = v128.load(x, 16);
      k = v128.load32_splat(w + i);
      a0 = multiplyAdd(k, xa, a0);
      if (V > 1) b0 = multiplyAdd(k, xb, b0);
      if (R > 1) {
        k = v128.load32_splat(w1 + i);
        a1 = multiplyAdd(k, xa, a1);
        if (V > 1) b1 = multiplyAdd(k, xb, b1);
      }
      if (R > 2) {
        k = v128.load32_splat(w2 + i);
        a2 = multiplyAdd(k, xa, a2);
        if (V > 1) b2 = multiplyAdd(k, xb, b2);
      }
      if (R > 3) {
        k = v128.load32_splat(w3 + i);
        a3 = multiplyAdd(k, xa, a3);
        if (V > 1) b3 = multiplyAdd(k, xb, b3);
      }
      if (R > 4) {
        k = v128.load32_splat(w4 + i);
        a4 = multiplyAdd(k, xa, a4);
        if (V > 1) b4 = multiplyAdd(k, xb, b4);
      }
    }
    Tile.put(V, z, a0, b0, relu);
    if (R > 1) Tile.put(V, z + row, a1, b1, relu);
    if (R > 2) Tile.put(V, z + 2 * row, a2, b2, relu);
    if (R > 3) Tile.put(V, z + 3 * row, a3, b3, relu);
    if (R > 4) Tile.put(V, z + 4 * row, a4, b4, relu);
  }

  @inline static put(V: i32, z: usize, a: v128, b: v128, relu: i32): void {
    const zero = i32x4.splat(0);
    v128.store(z, relu ? f32x4.pmax(zero, a) : a);
    if (V > 1) v128.store(z, relu ? f32x4.pmax(zero, b) : b, 16);
  }

  @inline static rows(
    R: i32,
    x: usize,
    w: usize,
    b: usize,
    z: usize,
    row: usize,
    width: usize,
    relu: i32,
  ): void {
    const pairs = row & ~31;
    let s: usize = 0;
    for (; s < pairs; s += 32) Tile.forward(R, 2, x + s, w, b, z + s, row, width, relu);
    if (s < row) Tile.forward(R, 1, x + s, w, b, z + s, row, width, relu);
  }
}

export function denseForward(
  x: usize,
  w: usize,
  b: usize,
  z: usize,
  I: i32,
  O: i32,
  B: i32,
  relu: i32,
): void {
  const row = (<usize>B) << 2;
  const width = (<usize>I) << 2;
  for (let left = O, blocks = (O + 4) / 5; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (rows === 5) Tile.rows(5, x, w, b, z, row, width, relu);
    else if (rows === 4) Tile.rows(4, x, w, b, z, row, width, relu);
    else if (rows === 3) Tile.rows(3, x, w, b, z, row, width, relu);
    else if (rows === 2) Tile.rows(2, x, w, b, z, row, width, relu);
    else Tile.rows(1, x, w, b, z, row, width, relu);
    w += <usize>rows * width;
    b += (<usize>rows) << 2;
    z += <usize>rows * row;
    left -= rows;
  }
}
