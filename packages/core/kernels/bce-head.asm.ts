/**
 * @file Forward, gradient and backward of a last layer with one unit under the binary cross-entropy: z = w · X + b,
 * δ = (σ(z) − Y) · k, dw = X · δᵀ, db = Σ δ, Δ = (wᵀ · δ) ⊙ φ′. Returns 1 where every logit is finite, else 0.
 *
 *   X  [I, B]   read, then Δ, in place
 *   w  [I]      read
 *   b  [1]      read
 *   Z  [B]      read where z is there already; written with δ, then read; the padding from n on is 0
 *   Y  [B]      read; 0 or 1
 *   dw [I]      written in full; read where `add` is 1
 *   db [1]      written; read where `add` is 1
 *   D  [I, B]   φ′, read where `mode` is 2; `mode` 1: X is a ReLU's output, φ′ = (X > 0)
 *
 * The bits are those of dense-forward, bce-gradient, dense-backward-weights and dense-backward-input
 * one after another: the same sums in the same order. What comes after 1 + e^−z is one pass here, up to five inputs
 * at a time: the division is hidden behind the sums, and X is read once for dw, φ′ and Δ.
 * Caller guarantees: f32, X, Y, Z and D 16-byte aligned, B a multiple of 8, n ≤ B < n + 8.
 * Work: 6·B·I flop. Watched by bench workload A.
 */
import { Delta } from "./bce-delta.asm";
import { FIVE, FOUR, THREE, TWO } from "./count.asm";
import { denseForwardOne } from "./dense-forward-one.asm";
import { Lanes } from "./lanes.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

/** 1 and k in four lanes: in memory, for the registers are taken. */
const SCALES = memory.data(32, 16);

class Head {
  /** R inputs from x on: their dw, and Δ in their place. Where F is u8 they are the first: δ and db too. M: the mode. */
  @inline static inputs<R, M, F>(
    x: usize,
    w: usize,
    z: usize,
    y: usize,
    dw: usize,
    db: usize,
    d: usize,
    row: usize,
    add: i32,
  ): void {
    const zero = v128.load(ZERO);
    const w0 = v128.load32_splat(w);
    const w1 = sizeof<R>() >= TWO ? v128.load32_splat(w, 4) : zero;
    const w2 = sizeof<R>() >= THREE ? v128.load32_splat(w, 8) : zero;
    const w3 = sizeof<R>() >= FOUR ? v128.load32_splat(w, 12) : zero;
    const w4 = sizeof<R>() >= FIVE ? v128.load32_splat(w, 16) : zero;
    let sum = zero;
    let sum0 = zero;
    let sum1 = zero;
    let sum2 = zero;
    let sum3 = zero;
    let sum4 = zero;
    let x1 = x + row;
    let x2 = x1 + row;
    let x3 = x2 + row;
    let x4 = x3 + row;
    for (const end = x + row; x < end; x += 16) {
      let delta: v128;
      if (sizeof<F>() < TWO) {
        delta = Delta.of(z, y, v128.load(SCALES), v128.load(SCALES, 16));
        v128.store(z, delta);
        sum = f32x4.add(sum, delta);
        y += 16;
      } else {
        delta = v128.load(z);
      }
      z += 16;
      let a = v128.load(x);
      sum0 = multiplyAdd(delta, a, sum0);
      v128.store(x, Head.slope<M>(f32x4.mul(w0, delta), a, d, zero));
      if (sizeof<R>() >= TWO) {
        a = v128.load(x1);
        sum1 = multiplyAdd(delta, a, sum1);
        v128.store(x1, Head.slope<M>(f32x4.mul(w1, delta), a, d + row, zero));
        x1 += 16;
      }
      if (sizeof<R>() >= THREE) {
        a = v128.load(x2);
        sum2 = multiplyAdd(delta, a, sum2);
        v128.store(x2, Head.slope<M>(f32x4.mul(w2, delta), a, d + 2 * row, zero));
        x2 += 16;
      }
      if (sizeof<R>() >= FOUR) {
        a = v128.load(x3);
        sum3 = multiplyAdd(delta, a, sum3);
        v128.store(x3, Head.slope<M>(f32x4.mul(w3, delta), a, d + 3 * row, zero));
        x3 += 16;
      }
      if (sizeof<R>() >= FIVE) {
        a = v128.load(x4);
        sum4 = multiplyAdd(delta, a, sum4);
        v128.store(x4, Head.slope<M>(f32x4.mul(w4, delta), a, d + 4 * row, zero));
        x4 += 16;
      }
      if (sizeof<M>() >= TWO) d += 16;
    }
    if (sizeof<F>() < TWO) Lanes.put(db, sum, add);
    Lanes.put(dw, sum0, add);
    if (sizeof<R>() >= TWO) Lanes.put(dw + 4, sum1, add);
    if (sizeof<R>() >= THREE) Lanes.put(dw + 8, sum2, add);
    if (sizeof<R>() >= FOUR) Lanes.put(dw + 12, sum3, add);
    if (sizeof<R>() >= FIVE) Lanes.put(dw + 16, sum4, add);
  }

  /** `delta` times φ′ where the input is `a`. */
  @inline static slope<M>(delta: v128, a: v128, d: usize, zero: v128): v128 {
    if (sizeof<M>() < TWO) return v128.and(delta, f32x4.gt(a, zero));
    return f32x4.mul(delta, v128.load(d));
  }

  @inline static some<M, F>(
    rows: i32,
    x: usize,
    w: usize,
    z: usize,
    y: usize,
    dw: usize,
    db: usize,
    d: usize,
    row: usize,
    add: i32,
  ): void {
    if (rows === 5) Head.inputs<v128, M, F>(x, w, z, y, dw, db, d, row, add);
    else if (rows === 4) Head.inputs<u64, M, F>(x, w, z, y, dw, db, d, row, add);
    else if (rows === 3) Head.inputs<u32, M, F>(x, w, z, y, dw, db, d, row, add);
    else if (rows === 2) Head.inputs<u16, M, F>(x, w, z, y, dw, db, d, row, add);
    else Head.inputs<u8, M, F>(x, w, z, y, dw, db, d, row, add);
  }

  @inline static backward<M>(
    x: usize,
    w: usize,
    z: usize,
    y: usize,
    dw: usize,
    db: usize,
    d: usize,
    I: i32,
    row: usize,
    add: i32,
  ): void {
    let blocks = (I + 4) / 5;
    const first = (I + blocks - 1) / blocks;
    Head.some<M, u8>(first, x, w, z, y, dw, db, d, row, add);
    for (let left = I - first; left > 0; ) {
      blocks--;
      const done = <usize>(I - left);
      const rows = (left + blocks - 1) / blocks;
      Head.some<M, u16>(
        rows,
        x + done * row,
        w + (done << 2),
        z,
        y,
        dw + (done << 2),
        db,
        d + done * row,
        row,
        add,
      );
      left -= rows;
    }
  }
}

/** `flags`: mode + 4 · add + 8 where z is there already. */
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
  const add = (flags >> 2) & 1;
  if (flags < 8) denseForwardOne(x, w, b, z, I, B, 0);
  const check = Delta.denominators(z, y, n, B);
  v128.store(SCALES, f32x4.splat(1));
  v128.store(SCALES, f32x4.splat(k), 16);
  if (mode === 1) Head.backward<u8>(x, w, z, y, dw, db, d, I, row, add);
  else Head.backward<u16>(x, w, z, y, dw, db, d, I, row, add);
  return Delta.areFinite(check);
}
