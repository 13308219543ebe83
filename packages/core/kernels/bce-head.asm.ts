/**
 * @file Forward, gradient and backward of a last layer with one unit under the binary cross-entropy: z = w · X + b,
 * δ = (σ(z) − Y) · k, dw = X · δᵀ, db = Σ δ, Δ = (wᵀ · δ) ⊙ φ′. Returns 1 where every logit is finite, else 0.
 *
 *   X  [I, B]   read, then Δ, in place
 *   w  [I]      read
 *   b  [1]      read
 *   Z  [B]      written with δ, then read; the padding from n on is 0
 *   Y  [B]      read; 0 or 1
 *   dw [I]      written in full; read where `add` is 1
 *   db [1]      written; read where `add` is 1
 *   D  [I, B]   φ′, read where `mode` is 2; `mode` 0: φ′ = 1; 1: X is a ReLU's output, φ′ = (X > 0)
 *
 * The bits are those of dense-forward, bce-gradient, dense-backward-weights and dense-backward-input
 * one after another: the same sums in the same order. The last two are one pass here, up to
 * five inputs at a time: X is read once for dw, φ′ and Δ.
 * Caller guarantees: f32, X, Y, Z and D 16-byte aligned, B a multiple of 4, n ≤ B < n + 8.
 * Work: 6·B·I flop. Watched by bench workload A.
 */
import { bceGradient } from "./bce-gradient.asm";
import { denseForward } from "./dense-forward.asm";
import { Lanes } from "./lanes.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { sumRows } from "./sum-rows.asm";

class Head {
  /** R inputs from x on: their dw, and Δ in their place. */
  @inline static inputs(
    R: i32,
    mode: i32,
    x: usize,
    w: usize,
    z: usize,
    dw: usize,
    d: usize,
    row: usize,
    add: i32,
  ): void {
    const zero = i32x4.splat(0);
    const w0 = v128.load32_splat(w);
    const w1 = R > 1 ? v128.load32_splat(w, 4) : zero;
    const w2 = R > 2 ? v128.load32_splat(w, 8) : zero;
    const w3 = R > 3 ? v128.load32_splat(w, 12) : zero;
    const w4 = R > 4 ? v128.load32_splat(w, 16) : zero;
    let sum0 = zero;
    let sum1 = zero;
    let sum2 = zero;
    let sum3 = zero;
    let sum4 = zero;
    let x1 = x + row;
    let x2 = x1 + row;
    let x3 = x2 + row;
    let x4 = x3 + row;
    for (const end = x + row; x < end; x += 16, z += 16) {
      const delta = v128.load(z);
      let a = v128.load(x);
      sum0 = multiplyAdd(delta, a, sum0);
      v128.store(x, Head.slope(f32x4.mul(w0, delta), a, d, mode));
      if (R > 1) {
        a = v128.load(x1);
        sum1 = multiplyAdd(delta, a, sum1);
        v128.store(x1, Head.slope(f32x4.mul(w1, delta), a, d + row, mode));
        x1 += 16;
      }
      if (R > 2) {
        a = v128.load(x2);
        sum2 = multiplyAdd(delta, a, sum2);
        v128.store(x2, Head.slope(f32x4.mul(w2, delta), a, d + 2 * row, mode));
        x2 += 16;
      }
      if (R > 3) {
        a = v128.load(x3);
        sum3 = multiplyAdd(delta, a, sum3);
        v128.store(x3, Head.slope(f32x4.mul(w3, delta), a, d + 3 * row, mode));
        x3 += 16;
      }
      if (R > 4) {
        a = v128.load(x4);
        sum4 = multiplyAdd(delta, a, sum4);
        v128.store(x4, Head.slope(f32x4.mul(w4, delta), a, d + 4 * row, mode));
        x4 += 16;
      }
      if (mode === 2) d += 16;
    }
    Lanes.put(dw, sum0, add);
    if (R > 1) Lanes.put(dw + 4, sum1, add);
    if (R > 2) Lanes.put(dw + 8, sum2, add);
    if (R > 3) Lanes.put(dw + 12, sum3, add);
    if (R > 4) Lanes.put(dw + 16, sum4, add);
  }

  /** `delta` times φ′ where the input is `a`. */
  @inline static slope(delta: v128, a: v128, d: usize, mode: i32): v128 {
    if (mode === 1) return v128.and(delta, f32x4.gt(a, i32x4.splat(0)));
    if (mode === 2) return f32x4.mul(delta, v128.load(d));
    return delta;
  }

  @inline static backward(
    mode: i32,
    x: usize,
    w: usize,
    z: usize,
    dw: usize,
    d: usize,
    I: i32,
    row: usize,
    add: i32,
  ): void {
    for (let left = I, blocks = (I + 4) / 5; left > 0; blocks--) {
      const rows = (left + blocks - 1) / blocks;
      if (rows === 5) Head.inputs(5, mode, x, w, z, dw, d, row, add);
      else if (rows === 4) Head.inputs(4, mode, x, w, z, dw, d, row, add);
      else if (rows === 3) Head.inputs(3, mode, x, w, z, dw, d, row, add);
      else if (rows === 2) Head.inputs(2, mode, x, w, z, dw, d, row, add);
      else Head.inputs(1, mode, x, w, z, dw, d, row, add);
      x += <usize>rows * row;
      d += <usize>rows * row;
      w += (<usize>rows) << 2;
      dw += (<usize>rows) << 2;
      left -= rows;
    }
  }
}

/** `flags`: mode + 4 · add. */
export function bceHead(
  x: usize,
  w: usize,
  b: usize,
  z: usize,
  y: usize,
  dw: usize,
  db: usize,
  d: usize,
  I: i32,
  n: i32,
  B: i32,
  k: f32,
  flags: i32,
): i32 {
  const row = (<usize>B) << 2;
  const mode = flags & 3;
  const add = flags >> 2;
  denseForward(x, w, b, z, I, 1, B, 0, 0);
  const finite = bceGradient(z, y, n, B, k);
  sumRows(z, db, 1, B, add);
  if (mode === 1) Head.backward(1, x, w, z, dw, d, I, row, add);
  else if (mode === 2) Head.backward(2, x, w, z, dw, d, I, row, add);
  else Head.backward(0, x, w, z, dw, d, I, row, add);
  return finite;
}
