/**
 * @file Dense forward: Z = W · X + b, with ReLU fused in where `relu` is 1.
 *
 *   X [I, B]   read      one unit a row, samples contiguous
 *   W [O, I]   read
 *   b [O]      read
 *   Z [O, B]   written in full, never read
 *   P [5, I]   scratch   [I, units of the tile]: their weights side by side; not used where O is 1 or I is 2
 *
 * Each output starts at its bias and adds over I in the order 0, 1, 2, …, whatever the tile: up to
 * 5 units × 8 samples stay in registers, with two inputs or one unit the weights (dense-forward-two.asm.ts,
 * dense-forward-one.asm.ts).
 * Caller guarantees: f32, X and Z 16-byte aligned, B a multiple of 8.
 * Work: 2·B·O·I flop. Watched by bench workload A.
 */
import { FIVE, FOUR, THREE, TWO } from "./count.asm";
import { denseForwardOne } from "./dense-forward-one.asm";
import { denseForwardTwo } from "./dense-forward-two.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

class Tile {
  /**
   * R units, two to five, and eight samples, with ReLU where A is u8; `w` … `end` are their weights, input by input,
   * `row` bytes of samples.
   */
  @inline static forward<R, A>(x: usize, w: usize, end: usize, b: usize, z: usize, row: usize): void {
    let xa = v128.load(x);
    let xb = v128.load(x, 16);
    let start = v128.load32_splat(b);
    let k = v128.load32_splat(w);
    let a0 = multiplyAdd(k, xa, start);
    let b0 = multiplyAdd(k, xb, start);
    start = v128.load32_splat(b, 4);
    k = v128.load32_splat(w, 4);
    let a1 = multiplyAdd(k, xa, start);
    let b1 = multiplyAdd(k, xb, start);
    if (sizeof<R>() >= THREE) {
      start = v128.load32_splat(b, 8);
      k = v128.load32_splat(w, 8);
    }
    let a2 = sizeof<R>() >= THREE ? multiplyAdd(k, xa, start) : a0;
    let b2 = sizeof<R>() >= THREE ? multiplyAdd(k, xb, start) : b0;
    if (sizeof<R>() >= FOUR) {
      start = v128.load32_splat(b, 12);
      k = v128.load32_splat(w, 12);
    }
    let a3 = sizeof<R>() >= FOUR ? multiplyAdd(k, xa, start) : a0;
    let b3 = sizeof<R>() >= FOUR ? multiplyAdd(k, xb, start) : b0;
    if (sizeof<R>() >= FIVE) {
      start = v128.load32_splat(b, 16);
      k = v128.load32_splat(w, 16);
    }
    let a4 = sizeof<R>() >= FIVE ? multiplyAdd(k, xa, start) : a0;
    let b4 = sizeof<R>() >= FIVE ? multiplyAdd(k, xb, start) : b0;
    for (w += Tile.step<R>(); w !== end; w += Tile.step<R>()) {
      x += row;
      xa = v128.load(x);
      xb = v128.load(x, 16);
      k = v128.load32_splat(w);
      a0 = multiplyAdd(k, xa, a0);
      b0 = multiplyAdd(k, xb, b0);
      k = v128.load32_splat(w, 4);
      a1 = multiplyAdd(k, xa, a1);
      b1 = multiplyAdd(k, xb, b1);
      if (sizeof<R>() >= THREE) {
        k = v128.load32_splat(w, 8);
        a2 = multiplyAdd(k, xa, a2);
        b2 = multiplyAdd(k, xb, b2);
      }
      if (sizeof<R>() >= FOUR) {
        k = v128.load32_splat(w, 12);
        a3 = multiplyAdd(k, xa, a3);
        b3 = multiplyAdd(k, xb, b3);
      }
      if (sizeof<R>() >= FIVE) {
        k = v128.load32_splat(w, 16);
        a4 = multiplyAdd(k, xa, a4);
        b4 = multiplyAdd(k, xb, b4);
      }
    }
    const zero = v128.load(ZERO);
    Tile.put<A>(z, a0, b0, zero);
    Tile.put<A>(z + row, a1, b1, zero);
    if (sizeof<R>() >= THREE) Tile.put<A>(z + 2 * row, a2, b2, zero);
    if (sizeof<R>() >= FOUR) Tile.put<A>(z + 3 * row, a3, b3, zero);
    if (sizeof<R>() >= FIVE) Tile.put<A>(z + 4 * row, a4, b4, zero);
  }

  /** Bytes of the weights of one input. */
  @inline static step<R>(): usize {
    if (sizeof<R>() === FIVE) return 20;
    if (sizeof<R>() === FOUR) return 16;
    if (sizeof<R>() === THREE) return 12;
    return 8;
  }

  @inline static put<A>(z: usize, a: v128, b: v128, zero: v128): void {
    v128.store(z, sizeof<A>() < TWO ? f32x4.pmax(zero, a) : a);
    v128.store(z, sizeof<A>() < TWO ? f32x4.pmax(zero, b) : b, 16);
  }

  /** Weights of R units side by side, so that a tile reads them at fixed distances. */
  @inline static pack<R>(w: usize, p: usize, width: usize): void {
    for (const end = w + width; w !== end; w += 4) {
      store<f32>(p, load<f32>(w));
      store<f32>(p, load<f32>(w + width), 4);
      if (sizeof<R>() >= THREE) store<f32>(p, load<f32>(w + 2 * width), 8);
      if (sizeof<R>() >= FOUR) store<f32>(p, load<f32>(w + 3 * width), 12);
      if (sizeof<R>() >= FIVE) store<f32>(p, load<f32>(w + 4 * width), 16);
      p += Tile.step<R>();
    }
  }

  @inline static rows<R, A>(
    x: usize,
    w: usize,
    b: usize,
    z: usize,
    p: usize,
    row: usize,
    width: usize,
  ): void {
    Tile.pack<R>(w, p, width);
    const end = p + Tile.step<R>() * (width >> 2);
    for (let s: usize = 0; s < row; s += 32) Tile.forward<R, A>(x + s, p, end, b, z + s, row);
  }

  @inline static units<A>(x: usize, w: usize, b: usize, z: usize, p: usize, I: i32, O: i32, B: i32): void {
    const row = (<usize>B) << 2;
    const width = (<usize>I) << 2;
    for (let left = O, blocks = (O + 4) / 5; left > 0; blocks--) {
      const rows = (left + blocks - 1) / blocks;
      if (rows === 5) Tile.rows<v128, A>(x, w, b, z, p, row, width);
      else if (rows === 4) Tile.rows<u64, A>(x, w, b, z, p, row, width);
      else if (rows === 3) Tile.rows<u32, A>(x, w, b, z, p, row, width);
      else Tile.rows<u16, A>(x, w, b, z, p, row, width);
      w += <usize>rows * width;
      b += (<usize>rows) << 2;
      z += <usize>rows * row;
      left -= rows;
    }
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
  p: usize,
): void {
  if (O === 1) denseForwardOne(x, w, b, z, I, B, relu);
  else if (I === 2) denseForwardTwo(x, w, b, z, O, B, relu);
  else if (relu) Tile.units<u8>(x, w, b, z, p, I, O, B);
  else Tile.units<u16>(x, w, b, z, p, I, O, B);
}
