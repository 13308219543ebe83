/**
 * @file Applies blocks of four Householder reflectors to four columns, for the QR decomposition of float64.
 *
 *   X [rows, 4]           read and written: four columns side by side
 *   V [blocks, rows, 4]   read, block b from row 4 b on
 *   T [blocks, 4, 4]      read, upper triangular
 *
 * Each block is I − V · Tᵀ · Vᵀ, `from` … `to` − 1 in that order; or, not `transposed`, I − V · T · Vᵀ, from
 * the last to the first. A lane is a column, and sums over the rows in the order 0, 1, 2, …
 * Caller guarantees: pointers 16-byte aligned. Work: 64 flop a row and block. Watched by `bench orthogonal`.
 */
class Sum {
  /** sum + a · x */
  @inline static add(sum: v128, a: v128, x: v128): v128 {
    return f64x2.add(sum, f64x2.mul(a, x));
  }

  /** a · x + b · y */
  @inline static two(a: v128, x: v128, b: v128, y: v128): v128 {
    return f64x2.add(f64x2.mul(a, x), f64x2.mul(b, y));
  }
}

/** Sums of elements of T, at byte offsets i, j, …, each times a vector. */
class T {
  @inline static one(t: usize, i: usize, x: v128): v128 {
    return f64x2.mul(v128.load64_splat(t + i), x);
  }

  @inline static two(t: usize, i: usize, x: v128, j: usize, y: v128): v128 {
    return Sum.add(T.one(t, i, x), v128.load64_splat(t + j), y);
  }

  @inline static three(t: usize, i: usize, x: v128, j: usize, y: v128, k: usize, z: v128): v128 {
    return Sum.add(T.two(t, i, x, j, y), v128.load64_splat(t + k), z);
  }
}

export function reflect(x: usize, v: usize, t: usize, rows: i32, from: i32, to: i32, transposed: i32): void {
  const size = (<usize>rows) << 5;
  for (let step = from; step < to; step++) {
    const block = <usize>(transposed ? step : from + to - 1 - step);
    reflectBlock(x, v + block * size, t + (block << 7), block << 7, size, transposed);
  }
}

function reflectBlock(x: usize, v: usize, t: usize, first: usize, size: usize, transposed: i32): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (let i = first; i < size; i += 32) {
    const left = v128.load(x + i);
    const right = v128.load(x + i, 16);
    const p = v128.load64_splat(v + i);
    const q = v128.load64_splat(v + i, 8);
    const r = v128.load64_splat(v + i, 16);
    const s = v128.load64_splat(v + i, 24);
    a0 = Sum.add(a0, p, left);
    b0 = Sum.add(b0, p, right);
    a1 = Sum.add(a1, q, left);
    b1 = Sum.add(b1, q, right);
    a2 = Sum.add(a2, r, left);
    b2 = Sum.add(b2, r, right);
    a3 = Sum.add(a3, s, left);
    b3 = Sum.add(b3, s, right);
  }
  // Tᵀ · w from its last row up, or T · w from its first row down: each in place of what is not needed again.
  if (transposed) {
    a3 = Sum.add(T.three(t, 24, a0, 56, a1, 88, a2), v128.load64_splat(t, 120), a3);
    b3 = Sum.add(T.three(t, 24, b0, 56, b1, 88, b2), v128.load64_splat(t, 120), b3);
    a2 = T.three(t, 16, a0, 48, a1, 80, a2);
    b2 = T.three(t, 16, b0, 48, b1, 80, b2);
    a1 = T.two(t, 8, a0, 40, a1);
    b1 = T.two(t, 8, b0, 40, b1);
    a0 = T.one(t, 0, a0);
    b0 = T.one(t, 0, b0);
  } else {
    a0 = Sum.add(T.three(t, 0, a0, 8, a1, 16, a2), v128.load64_splat(t, 24), a3);
    b0 = Sum.add(T.three(t, 0, b0, 8, b1, 16, b2), v128.load64_splat(t, 24), b3);
    a1 = T.three(t, 40, a1, 48, a2, 56, a3);
    b1 = T.three(t, 40, b1, 48, b2, 56, b3);
    a2 = T.two(t, 80, a2, 88, a3);
    b2 = T.two(t, 80, b2, 88, b3);
    a3 = T.one(t, 120, a3);
    b3 = T.one(t, 120, b3);
  }
  for (let i = first; i < size; i += 32) {
    const p = v128.load64_splat(v + i);
    const q = v128.load64_splat(v + i, 8);
    const r = v128.load64_splat(v + i, 16);
    const s = v128.load64_splat(v + i, 24);
    const left = f64x2.add(Sum.two(p, a0, q, a1), Sum.two(r, a2, s, a3));
    const right = f64x2.add(Sum.two(p, b0, q, b1), Sum.two(r, b2, s, b3));
    v128.store(x + i, f64x2.sub(v128.load(x + i), left));
    v128.store(x + i, f64x2.sub(v128.load(x + i, 16), right), 16);
  }
}
