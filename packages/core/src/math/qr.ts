/** Q `[rows, cols]` with orthonormal columns and upper triangular R `[cols, cols]`, both row-major. */
export interface Qr {
  readonly q: Float64Array;
  readonly r: Float64Array;
}

/** Reflectors applied together, so that each element that is loaded serves four of them. */
const BLOCK = 4;
/** Columns factored before the rest is touched: 32 reflectors of 1024 rows fit a second-level cache. */
const PANEL = 32;

/**
 * The thin QR decomposition A = Q · R by Householder reflections, for rows ≥ cols. The diagonal of R
 * may be negative: multiply each column of Q by the sign of its diagonal element to make Q unique.
 *
 * Reflectors go four at a time in their compact form I − V T Vᵀ, and a trailing column meets all
 * blocks of a panel while it lies in the cache. The order of every sum is fixed.
 * Work: 4 · rows · cols² − 4/3 · cols³ flop, Q included.
 *
 * ```ts
 * const { q, r } = qr(Float64Array.of(3, 1, 4, 2), 2, 2);
 * [...r]; // ≈ [-5, -2.2, 0, 0.4]
 * q[0] * r[0]; // ≈ 3
 * ```
 *
 * Golub and Van Loan, Matrix Computations, §5.2
 */
export const qr = (a: ArrayLike<number>, rows: number, cols: number): Qr => {
  if (rows < cols || a.length !== rows * cols) {
    throw new RangeError(`qr: expected ${rows} ≥ ${cols} and ${rows * cols} values, got ${a.length}`);
  }
  const work = columns(a, rows, cols);
  const blocks = factor(work, rows, cols);
  const r = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) for (let j = i; j < cols; j++) r[i * cols + j] = work[j * rows + i]!;
  return { q: formQ(work, blocks, rows, cols), r };
};

/**
 * Four reflectors I − V T Vᵀ that start at row `first`: their vectors one after the other, from row
 * `first` on, zeros and the leading 1 written out; T is upper triangular, row-major.
 */
interface Block {
  readonly first: number;
  readonly v: Float64Array;
  readonly t: Float64Array;
}

/** Column after column, each contiguous. */
const columns = (a: ArrayLike<number>, rows: number, cols: number): Float64Array => {
  const work = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) work[j * rows + i] = a[i * cols + j]!;
  return work;
};

/** Turns `work` into R in place (what is below its diagonal is left over) and returns the reflectors. */
const factor = (work: Float64Array, rows: number, cols: number): Block[] => {
  const blocks: Block[] = [];
  for (let panel = 0; panel < cols; panel += PANEL) {
    const end = Math.min(panel + PANEL, cols);
    const start = blocks.length;
    for (let j = panel; j < end; j += BLOCK) {
      const block = factorBlock(work, rows, j, Math.min(j + BLOCK, end));
      blocks.push(block);
      applyTo(work, rows, [block], 0, Math.min(j + BLOCK, end), end, true);
    }
    applyTo(work, rows, blocks, start, end, cols, true);
  }
  return blocks;
};

/** Reflects columns `from` … `to` − 1 one by one; short blocks are filled up with the reflector 0. */
const factorBlock = (work: Float64Array, rows: number, from: number, to: number): Block => {
  const length = rows - from;
  const v = new Float64Array(BLOCK * length);
  const tau = new Float64Array(BLOCK);
  for (let k = 0; from + k < to; k++) {
    const column = (from + k) * rows + from;
    tau[k] = reflector(work, column + k, length - k, v, k * length + k);
    for (let c = from + k + 1; c < to; c++) {
      const offset = c * rows + from;
      let dot = 0;
      for (let i = k; i < length; i++) dot += v[k * length + i]! * work[offset + i]!;
      dot *= tau[k]!;
      for (let i = k; i < length; i++) work[offset + i]! -= dot * v[k * length + i]!;
    }
  }
  return { first: from, v, t: triangle(v, tau, length) };
};

/**
 * The reflector I − τ v vᵀ, v₀ = 1, that sends x to a multiple of e₀: writes v, puts that multiple into
 * x₀ and returns τ. Scaled by the largest element, so that no square over- or underflows.
 */
const reflector = (x: Float64Array, at: number, length: number, v: Float64Array, to: number): number => {
  v[to] = 1;
  let largest = 0;
  for (let i = 1; i < length; i++) largest = Math.max(largest, Math.abs(x[at + i]!));
  if (largest === 0) return 0;
  const head = x[at]!;
  largest = Math.max(largest, Math.abs(head));
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const scaled = x[at + i]! / largest;
    sum += scaled * scaled;
  }
  const norm = largest * Math.sqrt(sum);
  const target = head > 0 ? -norm : norm;
  const pivot = head - target;
  for (let i = 1; i < length; i++) v[to + i] = x[at + i]! / pivot;
  x[at] = target;
  return -pivot / target;
};

/** T of H₀ H₁ H₂ H₃ = I − V T Vᵀ. */
const triangle = (v: Float64Array, tau: Float64Array, length: number): Float64Array => {
  const t = new Float64Array(BLOCK * BLOCK);
  for (let k = 0; k < BLOCK; k++) {
    t[k * BLOCK + k] = tau[k]!;
    const dots = new Float64Array(k);
    for (let p = 0; p < k; p++) {
      let dot = 0;
      for (let i = k; i < length; i++) dot += v[p * length + i]! * v[k * length + i]!;
      dots[p] = dot;
    }
    for (let p = 0; p < k; p++) {
      let sum = 0;
      for (let s = p; s < k; s++) sum += t[p * BLOCK + s]! * dots[s]!;
      t[p * BLOCK + k] = -tau[k]! * sum;
    }
  }
  return t;
};

/**
 * Applies blocks `start`, `start + 1`, … to columns `from` … `to` − 1, two columns at a time: each
 * block's transpose in that order, or, not `transposed`, the blocks themselves from the last to the first.
 */
const applyTo = (
  work: Float64Array,
  rows: number,
  blocks: readonly Block[],
  start: number,
  from: number,
  to: number,
  transposed: boolean,
): void => {
  const step = transposed ? 1 : -1;
  for (let c = from; c < to; c += 2) {
    const second = Math.min(c + 1, to - 1);
    let b = transposed ? start : blocks.length - 1;
    for (; b >= start && b < blocks.length; b += step) {
      applyToPair(work, c * rows, second * rows, rows, blocks[b]!, transposed);
    }
  }
};

/** x ← x − V · (T or Tᵀ) · Vᵀ x for the columns x at `x0` and `y0`, which may be one and the same. */
const applyToPair = (
  work: Float64Array,
  x0: number,
  y0: number,
  rows: number,
  { first, v, t }: Block,
  transposed: boolean,
): void => {
  const length = rows - first;
  const v1 = length;
  const v2 = 2 * length;
  const v3 = 3 * length;
  const x = x0 + first;
  const y = y0 + first;
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (let i = 0; i < length; i++) {
    const xi = work[x + i]!;
    const yi = work[y + i]!;
    const p = v[i]!;
    const q = v[v1 + i]!;
    const r = v[v2 + i]!;
    const s = v[v3 + i]!;
    a0 += p * xi;
    a1 += q * xi;
    a2 += r * xi;
    a3 += s * xi;
    b0 += p * yi;
    b1 += q * yi;
    b2 += r * yi;
    b3 += s * yi;
  }
  const product = transposed ? timesTransposed : times;
  [a0, a1, a2, a3] = product(t, a0, a1, a2, a3);
  [b0, b1, b2, b3] = product(t, b0, b1, b2, b3);
  for (let i = 0; i < length; i++) {
    const p = v[i]!;
    const q = v[v1 + i]!;
    const r = v[v2 + i]!;
    const s = v[v3 + i]!;
    const xi = work[x + i]! - (p * a0 + q * a1 + (r * a2 + s * a3));
    const yi = work[y + i]! - (p * b0 + q * b1 + (r * b2 + s * b3));
    work[x + i] = xi;
    work[y + i] = yi;
  }
};

type Four = [number, number, number, number];

/** T · w. */
const times = (t: Float64Array, w0: number, w1: number, w2: number, w3: number): Four => [
  t[0]! * w0 + t[1]! * w1 + t[2]! * w2 + t[3]! * w3,
  t[5]! * w1 + t[6]! * w2 + t[7]! * w3,
  t[10]! * w2 + t[11]! * w3,
  t[15]! * w3,
];

/** Tᵀ · w. */
const timesTransposed = (t: Float64Array, w0: number, w1: number, w2: number, w3: number): Four => [
  t[0]! * w0,
  t[1]! * w0 + t[5]! * w1,
  t[2]! * w0 + t[6]! * w1 + t[10]! * w2,
  t[3]! * w0 + t[7]! * w1 + t[11]! * w2 + t[15]! * w3,
];

/** H₀ H₁ … applied to the first columns of the identity. */
const formQ = (work: Float64Array, blocks: readonly Block[], rows: number, cols: number): Float64Array => {
  const q = work;
  q.fill(0);
  for (let j = 0; j < cols; j++) q[j * rows + j] = 1;
  for (let end = blocks.length; end > 0; end -= PANEL / BLOCK) {
    const start = Math.max(0, end - PANEL / BLOCK);
    // Columns left of a block's first row are still unit vectors above it: nothing to reflect.
    applyTo(q, rows, blocks.slice(0, end), start, blocks[start]!.first, cols, false);
  }
  const rowMajor = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) rowMajor[i * cols + j] = q[j * rows + i]!;
  return rowMajor;
};
