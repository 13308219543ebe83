/**
 * @file Dense backward to the input: Δ = (Wᵀ · dZ) ⊙ φ′.
 *
 *   W  [O, I]   read
 *   dZ [O, B]   read
 *   D  [I, B]   read where `mode` is not 0: 1, the ReLU's output, φ′ = (D > 0); 2, φ′ itself
 *   Δ  [I, B]   written in full; may be D
 *
 * Each sum starts at the product of unit 0 and adds over O in the order 1, 2, …: up to 5 inputs × 8 samples
 * stay in registers.
 * Caller guarantees: f32, dZ, D and Δ 16-byte aligned, B a multiple of 4.
 * Work: 2·B·O·I flop. Watched by bench workload A.
 */
import { multiplyAdd } from "./multiply-add.asm";

class Tile {
  /** R inputs and the samples of V vectors; `row` bytes of samples a unit, `width` bytes of weights. */
  @inline static backward(
    R: i32,
    V: i32,
    w: usize,
    dz: usize,
    d: usize,
    out: usize,
    O: i32,
    row: usize,
    width: usize,
    mode: i32,
  ): void {
    let ga = v128.load(dz);
    let gb = V > 1 ? v128.load(dz, 16) : ga;
    let k = v128.load32_splat(w);
    let a0 = f32x4.mul(k, ga);
    let b0 = V > 1 ? f32x4.mul(k, gb) : a0;
    if (R > 1) k = v128.load32_splat(w, 4);
    let a1 = R > 1 ? f32x4.mul(k, ga) : a0;
    let b1 = R > 1 && V > 1 ? f32x4.mul(k, gb) : a0;
    if (R > 2) k = v128.load32_splat(w, 8);
    let a2 = R > 2 ? f32x4.mul(k, ga) : a0;
    let b2 = R > 2 && V > 1 ? f32x4.mul(k, gb) : a0;
    if (R > 3) k = v128.load32_splat(w, 12);
    let a3 = R > 3 ? f32x4.mul(k, ga) : a0;
    let b3 = R > 3 && V > 1 ? f32x4.mul(k, gb) : a0;
    if (R > 4) k = v128.load32_splat(w, 16);
    let a4 = R > 4 ? f32x4.mul(k, ga) : a0;
    let b4 = R > 4 && V > 1 ? f32x4.mul(k, gb) : a0;
    for (let o = 1; o < O; o++) {
      w += width;
      dz += row;
      ga = v128.load(dz);
      if (V > 1) gb = v128.load(dz, 16);
      k = v128.load32_splat(w);
      a0 = multiplyAdd(k, ga, a0);
      if (V > 1) b0 = multiplyAdd(k, gb, b0);
      if (R > 1) {
        k = v128.load32_splat(w, 4);
        a1 = multiplyAdd(k, ga, a1);
        if (V > 1) b1 = multiplyAdd(k, gb, b1);
      }
      if (R > 2) {
        k = v128.load32_splat(w, 8);
        a2 = multiplyAdd(k, ga, a2);
        if (V > 1) b2 = multiplyAdd(k, gb, b2);
      }
      if (R > 3) {
        k = v128.load32_splat(w, 12);
        a3 = multiplyAdd(k, ga, a3);
        if (V > 1) b3 = multiplyAdd(k, gb, b3);
      }
      if (R > 4) {
        k = v128.load32_splat(w, 16);
        a4 = multiplyAdd(k, ga, a4);
        if (V > 1) b4 = multiplyAdd(k, gb, b4);
      }
    }
    Tile.put(V, d, out, a0, b0, mode);
    if (R > 1) Tile.put(V, d + row, out + row, a1, b1, mode);
    if (R > 2) Tile.put(V, d + 2 * row, out + 2 * row, a2, b2, mode);
    if (R > 3) Tile.put(V, d + 3 * row, out + 3 * row, a3, b3, mode);
    if (R > 4) Tile.put(V, d + 4 * row, out + 4 * row, a4, b4, mode);
  }

  @inline static put(V: i32, d: usize, out: usize, a: v128, b: v128, mode: i32): void {
    v128.store(out, Tile.slope(a, d, mode));
    if (V > 1) v128.store(out, Tile.slope(b, d + 16, mode), 16);
  }

  @inline static slope(a: v128, d: usize, mode: i32): v128 {
    if (mode === 1) return v128.and(a, f32x4.gt(v128.load(d), i32x4.splat(0)));
    if (mode === 2) return f32x4.mul(a, v128.load(d));
    return a;
  }

  @inline static rows(
    R: i32,
    w: usize,
    dz: usize,
    d: usize,
    out: usize,
    O: i32,
    row: usize,
    width: usize,
    mode: i32,
  ): void {
    const pairs = row & ~31;
    let s: usize = 0;
    for (; s < pairs; s += 32) Tile.backward(R, 2, w, dz + s, d + s, out + s, O, row, width, mode);
    if (s < row) Tile.backward(R, 1, w, dz + s, d + s, out + s, O, row, width, mode);
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
  const row = (<usize>B) << 2;
  const width = (<usize>I) << 2;
  for (let left = I, blocks = (I + 4) / 5; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (rows === 5) Tile.rows(5, w, dz, d, out, O, row, width, mode);
    else if (rows === 4) Tile.rows(4, w, dz, d, out, O, row, width, mode);
    else if (rows === 3) Tile.rows(3, w, dz, d, out, O, row, width, mode);
    else if (rows === 2) Tile.rows(2, w, dz, d, out, O, row, width, mode);
    else Tile.rows(1, w, dz, d, out, O, row, width, mode);
    w += (<usize>rows) << 2;
    d += <usize>rows * row;
    out += <usize>rows * row;
    left -= rows;
  }
}
