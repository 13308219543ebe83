/**
 * @file One update of a matrix by its orthogonalized momentum (Muon): v ← keep · v + intake · g,
 * U = look · g + lag · v, X = U / (‖U‖ + norm), or U / max(‖U‖, −norm); five rounds of
 * X ← a · X + (b · A + c · A²) · X, A = X Xᵀ; w ← decay · w − step · X. A matrix with more rows than columns is
 * turned for the rounds. Returns 1 where every new weight is finite, else 0.
 *
 *   W, V [rows, columns]   read and written
 *   G [rows, columns]      read
 *   scratch [2 · rows · columns + 2 · min²]   written: X, its next, A, b · A + c · A²
 *   numbers [6]            read: decay, keep, intake, look, lag, step
 *
 * ‖U‖² is summed in float64 in row-major order. A's sums have four lanes over the columns, added as
 * (0 + 1) + (2 + 3), then the last columns one by one; the products sum over the inner index 0, 1, 2, ….
 * Caller guarantees: f32. Work: 10 · min² · (2 · max + min) flop and 12 · rows · columns.
 */
import { multiplyAdd } from "./multiply-add.asm";

const A: f32 = 3.4445;
const B: f32 = -4.775;
const C: f32 = 2.0315;

/** out[n, n] = X[n, k] Xᵀ, both halves. */
function gram(x: usize, out: usize, n: i32, k: i32): void {
  const row = (<usize>k) << 2;
  const wide = (<usize>(k & ~3)) << 2;
  for (let i = 0; i < n; i++) {
    const xi = x + <usize>i * row;
    for (let j = 0; j <= i; j++) {
      const xj = x + <usize>j * row;
      let lanes = f32x4.splat(0);
      for (let p: usize = 0; p < wide; p += 16) {
        lanes = multiplyAdd(v128.load(xi + p), v128.load(xj + p), lanes);
      }
      let sum =
        f32x4.extract_lane(lanes, 0) +
        f32x4.extract_lane(lanes, 1) +
        (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
      for (let p = wide; p < row; p += 4) sum += load<f32>(xi + p) * load<f32>(xj + p);
      store<f32>(out + ((<usize>(i * n + j)) << 2), sum);
      store<f32>(out + ((<usize>(j * n + i)) << 2), sum);
    }
  }
}

/** out[n, k] = alpha · (M[n, n] Y[n, k]) + beta · Z[n, k]. */
function product(m: usize, y: usize, z: usize, alpha: f32, beta: f32, out: usize, n: i32, k: i32): void {
  const row = (<usize>k) << 2;
  const wide = (<usize>(k & ~3)) << 2;
  const alphas = f32x4.splat(alpha);
  const betas = f32x4.splat(beta);
  for (let i = 0; i < n; i++) {
    const mi = m + ((<usize>(i * n)) << 2);
    const at = <usize>i * row;
    for (let p: usize = 0; p < wide; p += 16) {
      let sum = f32x4.splat(0);
      for (let q = 0; q < n; q++) {
        sum = multiplyAdd(v128.load32_splat(mi + ((<usize>q) << 2)), v128.load(y + <usize>q * row + p), sum);
      }
      v128.store(out + at + p, multiplyAdd(betas, v128.load(z + at + p), f32x4.mul(alphas, sum)));
    }
    for (let p = wide; p < row; p += 4) {
      let sum: f32 = 0;
      for (let q = 0; q < n; q++)
        sum += load<f32>(mi + ((<usize>q) << 2)) * load<f32>(y + <usize>q * row + p);
      store<f32>(out + at + p, beta * load<f32>(z + at + p) + alpha * sum);
    }
  }
}

export function updateMatrix(
  w: usize,
  g: usize,
  v: usize,
  rows: i32,
  columns: i32,
  scratch: usize,
  norm: f32,
  numbers: usize,
): i32 {
  const decay = load<f32>(numbers);
  const keep = load<f32>(numbers, 4);
  const intake = load<f32>(numbers, 8);
  const look = load<f32>(numbers, 12);
  const lag = load<f32>(numbers, 16);
  const step = load<f32>(numbers, 20);
  const size = rows * columns;
  const bytes = (<usize>size) << 2;
  const tall = rows > columns;
  const n = tall ? columns : rows;
  const k = tall ? rows : columns;
  let x = scratch;
  let next = scratch + bytes;
  const a = next + bytes;
  const b = a + ((<usize>(n * n)) << 2);
  let squares: f64 = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = (<usize>(i * columns + j)) << 2;
      const gradient = load<f32>(g + at);
      const momentum = keep * load<f32>(v + at) + intake * gradient;
      store<f32>(v + at, momentum);
      const u = look * gradient + lag * momentum;
      squares += <f64>u * <f64>u;
      store<f32>(x + (tall ? (<usize>(j * rows + i)) << 2 : at), u);
    }
  }
  const length = <f32>Math.sqrt(squares);
  const divisor = norm < 0 ? max<f32>(length, -norm) : length + norm;
  for (let p: usize = 0; p < bytes; p += 4) store<f32>(x + p, load<f32>(x + p) / divisor);
  for (let round = 0; round < 5; round++) {
    gram(x, a, n, k);
    product(a, a, a, C, B, b, n, n);
    product(b, x, x, 1, A, next, n, k);
    const swap = x;
    x = next;
    next = swap;
  }
  let check: f32 = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = (<usize>(i * columns + j)) << 2;
      const o = load<f32>(x + (tall ? (<usize>(j * rows + i)) << 2 : at));
      const after = decay * load<f32>(w + at) - step * o;
      store<f32>(w + at, after);
      check += after * 0;
    }
  }
  return i32(check === 0);
}
