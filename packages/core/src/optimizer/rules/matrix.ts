import type { MatrixUpdate } from "../update.ts";
import type { UpdatedParameter } from "./parameter.ts";

/** a, b, c of X ← a X + (b A + c A²) X, A = X Xᵀ, and how often. */
export const NEWTON_SCHULZ = { a: 3.4445, b: -4.775, c: 2.0315, rounds: 5 } as const;

/** A[n, n] = X[n, k] Xᵀ. */
const gram = (x: Float64Array, out: Float64Array, n: number, k: number): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += x[i * k + p]! * x[j * k + p]!;
      out[i * n + j] = sum;
    }
  }
};

/** out[n, k] = alpha · A[n, n] B[n, k] + beta · C[n, k]. */
const product = (
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  [alpha, beta]: readonly [number, number],
  out: Float64Array,
  n: number,
  k: number,
): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let p = 0; p < n; p++) sum += a[i * n + p]! * b[p * k + j]!;
      out[i * k + j] = alpha * sum + beta * c[i * k + j]!;
    }
  }
};

const transposed = (x: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j]!;
  return out;
};

/** The matrix with x's singular vectors and singular values near 1; x is `[rows, columns]`. */
const orthogonalized = (u: Float64Array, rows: number, columns: number, norm: number): Float64Array => {
  const tall = rows > columns;
  const [n, k] = tall ? [columns, rows] : [rows, columns];
  let x: Float64Array = tall ? transposed(u, rows, columns) : u.slice();
  let squares = 0;
  for (const value of x) squares += value * value;
  const length = norm < 0 ? Math.max(Math.sqrt(squares), -norm) : Math.sqrt(squares) + norm;
  for (let i = 0; i < x.length; i++) x[i] = x[i]! / length;
  const [a, b] = [new Float64Array(n * n), new Float64Array(n * n)];
  let next: Float64Array = new Float64Array(x.length);
  for (let round = 0; round < NEWTON_SCHULZ.rounds; round++) {
    gram(x, a, n, k);
    product(a, a, a, [NEWTON_SCHULZ.c, NEWTON_SCHULZ.b], b, n, n);
    product(b, x, x, [1, NEWTON_SCHULZ.a], next, n, k);
    [x, next] = [next, x];
  }
  return tall ? transposed(x, columns, rows) : x;
};

/** One update of the matrix `w`, `[rows, columns]`, in float64. See update.ts. */
export const updateByMatrix = (
  { norm, shape: factor, numbers }: MatrixUpdate,
  { shape, values: w, gradient: g, slots }: UpdatedParameter,
  update: number,
  rate: number,
  clip: (gradient: number) => number,
): void => {
  const rows = shape[0]!;
  const columns = w.length / rows;
  const v = slots[0]!;
  const { decay, keep, intake, look, lag, step } = numbers(update, rate);
  const u = new Float64Array(w.length);
  for (let i = 0; i < w.length; i++) {
    const own = clip(g[i]!);
    v[i] = keep * v[i]! + intake * own;
    u[i] = look * own + lag * v[i]!;
  }
  const o = orthogonalized(u, rows, columns, norm);
  const size = step * factor(rows, columns);
  for (let i = 0; i < w.length; i++) w[i] = decay * w[i]! - size * o[i]!;
};
