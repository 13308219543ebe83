import { qr } from "./qr.ts";

/**
 * A = U · diag(values) · Vᵀ with k = min(rows, cols): U `[rows, k]` and V `[cols, k]` row-major, values
 * descending. A vector that belongs to a value of 0 may be 0 itself.
 */
export interface Svd {
  readonly u: Float64Array;
  readonly values: Float64Array;
  readonly v: Float64Array;
}

/** Sweeps until every pair is orthogonal; about ten do for a thousand columns. */
const MAX_SWEEPS = 60;
const EPSILON = 2.220446049250313e-16;

/**
 * The singular value decomposition: QR first, then one-sided Jacobi rotations on the rows of R. Small
 * singular values come out as accurately as QR leaves them.
 *
 * Work: about 6 · k³ flop a sweep, after QR.
 *
 * ```ts
 * const { values } = svd(Float64Array.of(3, 0, 4, 5), 2, 2);
 * values[0]; // ≈ 6.7082 = √45
 * values[1]; // ≈ 2.236068 = √5
 * ```
 *
 * Demmel and Veselić 1992, Jacobi's method is more accurate than QR
 */
export const svd = (a: ArrayLike<number>, rows: number, cols: number): Svd => {
  if (rows < cols) {
    const { u, values, v } = svd(transpose(a, rows, cols), cols, rows);
    return { u: v, values, v: u };
  }
  const { q, r } = qr(a, rows, cols);
  const rotation = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) rotation[i * cols + i] = 1;
  orthogonalize(r, cols, rotation);
  const { order, values } = lengths(r, cols);
  const u = new Float64Array(rows * cols);
  const v = new Float64Array(cols * cols);
  for (let k = 0; k < cols; k++) {
    const row = order[k]! * cols;
    const value = values[k]!;
    for (let j = 0; j < cols; j++) v[j * cols + k] = value === 0 ? 0 : r[row + j]! / value;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += q[i * cols + j]! * rotation[row + j]!;
      u[i * cols + k] = sum;
    }
  }
  return { u, values, v };
};

/**
 * The singular values alone, descending.
 *
 * ```ts
 * [...singularValues([0, 2, 1, 0], 2, 2)]; // [2, 1]
 * ```
 */
export const singularValues = (a: ArrayLike<number>, rows: number, cols: number): Float64Array => {
  if (rows < cols) return singularValues(transpose(a, rows, cols), cols, rows);
  const { r } = qr(a, rows, cols);
  orthogonalize(r, cols);
  return lengths(r, cols).values;
};

/** Rotates pairs of rows of `r` until all are orthogonal, and those of `rotation` along. */
const orthogonalize = (r: Float64Array, size: number, rotation?: Float64Array): void => {
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        let pp = 0;
        let qq = 0;
        let pq = 0;
        for (let i = 0; i < size; i++) {
          const x = r[p * size + i]!;
          const y = r[q * size + i]!;
          pp += x * x;
          qq += y * y;
          pq += x * y;
        }
        if (Math.abs(pq) <= EPSILON * Math.sqrt(pp) * Math.sqrt(qq)) continue;
        rotated = true;
        const zeta = (qq - pp) / (2 * pq);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(r, p * size, q * size, size, cosine, cosine * tangent);
        if (rotation !== undefined) rotate(rotation, p * size, q * size, size, cosine, cosine * tangent);
      }
    }
    if (!rotated) return;
  }
};

const rotate = (
  rows: Float64Array,
  p: number,
  q: number,
  size: number,
  cosine: number,
  sine: number,
): void => {
  for (let i = 0; i < size; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    rows[p + i] = cosine * x - sine * y;
    rows[q + i] = sine * x + cosine * y;
  }
};

/** Lengths of the rows, descending, and which row each is. */
const lengths = (r: Float64Array, size: number) => {
  const all = Float64Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += r[k * size + i]! * r[k * size + i]!;
    return Math.sqrt(sum);
  });
  const order = Array.from(all.keys()).sort((a, b) => all[b]! - all[a]!);
  return { order, values: Float64Array.from(order, (k) => all[k]!) };
};

const transpose = (a: ArrayLike<number>, rows: number, cols: number): Float64Array => {
  const result = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result[j * rows + i] = a[i * cols + j]!;
  return result;
};
