/**
 * @file Dense backward to the input: Δ = (Wᵀ · dZ) ⊙ φ′.
 *
 *   W  [O, I]   read
 *   dZ [O, B]   read
 *   D  [I, B]   read where `mode` is 2: φ′
 *   Δ  [I, B]   written in full; where `mode` is 1 it holds the ReLU's output, φ′ = (Δ > 0); `mode` 0: φ′ = 1
 *
 * Each sum starts at the product of unit 0 and adds over O in the order 1, 2, …: up to 5 inputs × 8 samples
 * stay in registers.
 * Caller guarantees: f32, dZ, D and Δ 16-byte aligned, B a multiple of 8.
 * Work: 2·B·O·I flop. Watched by bench workload A.
 */
import { FIVE, FOUR, THREE, TWO } from "./count.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

class Tile {
  /** R inputs and eight samples; `row` bytes of samples a unit, `width` bytes of weights; M: the mode. */
  @inline static backward<R, M>(
    w: usize,
    dz: usize,
    d: usize,
    out: usize,
    O: i32,
    row: usize,
    width: usize,
  ): void {
    let ga = v128.load(dz);
    let gb = v128.load(dz, 16);
    let k = v128.load32_splat(w);
    let a0 = f32x4.mul(k, ga);
    let b0 = f32x4.mul(k, gb);
    if (sizeof<R>() >= TWO) k = v128.load32_splat(w, 4);
    let a1 = sizeof<R>() >= TWO ? f32x4.mul(k, ga) : a0;
    let b1 = sizeof<R>() >= TWO ? f32x4.mul(k, gb) : b0;
    if (sizeof<R>() >= THREE) k = v128.load32_splat(w, 8);
    let a2 = sizeof<R>() >= THREE ? f32x4.mul(k, ga) : a0;
    let b2 = sizeof<R>() >= THREE ? f32x4.mul(k, gb) : b0;
    if (sizeof<R>() >= FOUR) k = v128.load32_splat(w, 12);
    let a3 = sizeof<R>() >= FOUR ? f32x4.mul(k, ga) : a0;
    let b3 = sizeof<R>() >= FOUR ? f32x4.mul(k, gb) : b0;
    if (sizeof<R>() >= FIVE) k = v128.load32_splat(w, 16);
    let a4 = sizeof<R>() >= FIVE ? f32x4.mul(k, ga) : a0;
    let b4 = sizeof<R>() >= FIVE ? f32x4.mul(k, gb) : b0;
    for (let o = 1; o < O; o++) {
      w += width;
      dz += row;
      ga = v128.load(dz);
      gb = v128.load(dz, 16);
      k = v128.load32_splat(w);
      a0 = multiplyAdd(k, ga, a0);
      b0 = multiplyAdd(k, gb, b0);
      if (sizeof<R>() >= TWO) {
        k = v128.load32_splat(w, 4);
        a1 = multiplyAdd(k, ga, a1);
        b1 = multiplyAdd(k, gb, b1);
      }
      if (sizeof<R>() >= THREE) {
        k = v128.load32_splat(w, 8);
        a2 = multiplyAdd(k, ga, a2);
        b2 = multiplyAdd(k, gb, b2);
      }
      if (sizeof<R>() >= FOUR) {
        k = v128.load32_splat(w, 12);
        a3 = multiplyAdd(k, ga, a3);
        b3 = multiplyAdd(k, gb, b3);
      }
      if (sizeof<R>() >= FIVE) {
        k = v128.load32_splat(w, 16);
        a4 = multiplyAdd(k, ga, a4);
        b4 = multiplyAdd(k, gb, b4);
      }
    }
    const zero = v128.load(ZERO);
    Tile.put<M>(d, out, a0, b0, zero);
    if (sizeof<R>() >= TWO) Tile.put<M>(d + row, out + row, a1, b1, zero);
    if (sizeof<R>() >= THREE) Tile.put<M>(d + 2 * row, out + 2 * row, a2, b2, zero);
    if (sizeof<R>() >= FOUR) Tile.put<M>(d + 3 * row, out + 3 * row, a3, b3, zero);
    if (sizeof<R>() >= FIVE) Tile.put<M>(d + 4 * row, out + 4 * row, a4, b4, zero);
  }

  @inline static put<M>(d: usize, out: usize, a: v128, b: v128, zero: v128): void {
    if (sizeof<M>() < TWO) {
      v128.store(out, v128.and(a, f32x4.gt(v128.load(out), zero)));
      v128.store(out, v128.and(b, f32x4.gt(v128.load(out, 16), zero)), 16);
    } else if (sizeof<M>() < THREE) {
      v128.store(out, f32x4.mul(a, v128.load(d)));
      v128.store(out, f32x4.mul(b, v128.load(d, 16)), 16);
    } else {
      v128.store(out, a);
      v128.store(out, b, 16);
    }
  }

  @inline static rows<R, M>(
    w: usize,
    dz: usize,
    d: usize,
    out: usize,
    O: i32,
    row: usize,
    width: usize,
  ): void {
    for (let s: usize = 0; s < row; s += 32) Tile.backward<R, M>(w, dz + s, d + s, out + s, O, row, width);
  }

  @inline static inputs<M>(w: usize, dz: usize, d: usize, out: usize, I: i32, O: i32, B: i32): void {
    const row = (<usize>B) << 2;
    const width = (<usize>I) << 2;
    for (let left = I, blocks = (I + 4) / 5; left > 0; blocks--) {
      const rows = (left + blocks - 1) / blocks;
      if (rows === 5) Tile.rows<v128, M>(w, dz, d, out, O, row, width);
      else if (rows === 4) Tile.rows<u64, M>(w, dz, d, out, O, row, width);
      else if (rows === 3) Tile.rows<u32, M>(w, dz, d, out, O, row, width);
      else if (rows === 2) Tile.rows<u16, M>(w, dz, d, out, O, row, width);
      else Tile.rows<u8, M>(w, dz, d, out, O, row, width);
      w += (<usize>rows) << 2;
      d += <usize>rows * row;
      out += <usize>rows * row;
      left -= rows;
    }
  }
}

export function denseBackwardInput(
  w: usize,
  dz: usize,
  d: usize,
  out: usize,
  I: i32,
  O: i32,
  B: i32,
  mode: i32,
): void {
  if (mode === 1) Tile.inputs<u8>(w, dz, d, out, I, O, B);
  else if (mode === 2) Tile.inputs<u16>(w, dz, d, out, I, O, B);
  else Tile.inputs<u32>(w, dz, d, out, I, O, B);
}
