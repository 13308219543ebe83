import { BLOCK, type OpenWorkshop, openPlainWorkshop, T_SIZE, type Workshop } from "./reflectors.ts";

/** Q `[rows, cols]` with orthonormal columns and upper triangular R `[cols, cols]`, both row-major. */
export interface Qr {
  readonly q: Float64Array;
  readonly r: Float64Array;
}

/** Blocks factored before the rest is touched: 32 reflectors of 1024 rows fit a second-level cache. */
const PANEL = 8;

/**
 * The thin QR decomposition A = Q · R by Householder reflections, for rows ≥ cols. The diagonal of R
 * may be negative: multiply each column of Q by the sign of its diagonal element to make Q unique.
 *
 * Reflectors go four at a time in their compact form I − V T Vᵀ, and four trailing columns meet all
 * blocks of a panel while they lie in the cache. The order of every sum is fixed, whatever `open` opens.
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
export const qr = (
  a: ArrayLike<number>,
  rows: number,
  cols: number,
  open: OpenWorkshop = openPlainWorkshop,
): Qr => {
  if (rows < cols || a.length !== rows * cols) {
    throw new RangeError(`qr: expected ${rows} ≥ ${cols} and ${rows * cols} values, got ${a.length}`);
  }
  const work = householder(rows, cols, open);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) work.write(i, j, a[i * cols + j]!);
  work.factor();
  const r = new Float64Array(cols * cols);
  for (let i = 0; i < cols; i++) for (let j = i; j < cols; j++) r[i * cols + j] = work.read(i, j);
  work.formQ();
  const q = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) q[i * cols + j] = work.read(i, j);
  return { q, r };
};

/** A decomposition in place: write A, factor, read R on and above the diagonal, form Q, read Q. */
export interface Householder {
  read(row: number, col: number): number;
  write(row: number, col: number, value: number): void;
  factor(): void;
  formQ(): void;
}

/** For `qr` without its copies: it holds the matrix once, in float64, and 32 of its columns. */
export const householder = (
  rows: number,
  cols: number,
  open: OpenWorkshop = openPlainWorkshop,
): Householder => {
  const work = layOut(rows, cols, open);
  const { memory } = work.shop;
  return {
    read: (row, col) => memory[at(work, row, col)]!,
    write: (row, col, value) => {
      memory[at(work, row, col)] = value;
    },
    factor: () => factor(work),
    formQ: () => formQ(work),
  };
};

/**
 * A decomposition in its workshop's memory: from 0 on the columns, four side by side `[groups, rows, 4]`,
 * the last filled up with zeros, R on and above the diagonal and V below it; then V of one panel
 * `[PANEL, rows, 4]`, zeros and the leading ones written out, and T `[groups, 4, 4]`.
 */
interface Work {
  readonly rows: number;
  readonly cols: number;
  readonly groups: number;
  readonly v: number;
  readonly t: number;
  readonly shop: Workshop;
}

const layOut = (rows: number, cols: number, open: OpenWorkshop): Work => {
  const groups = Math.ceil(cols / BLOCK);
  const v = groups * rows * BLOCK;
  const t = v + Math.min(PANEL, groups) * rows * BLOCK;
  return { rows, cols, groups, v, t, shop: open(t + T_SIZE * groups) };
};

/** Where row i of column j is. */
const at = ({ rows }: Work, i: number, j: number): number =>
  (j - (j % BLOCK)) * rows + i * BLOCK + (j % BLOCK);

/** Applies blocks `from` … `to` − 1 of the panel from `panel` on to the columns of groups `first` … `last` − 1. */
const apply = (
  work: Work,
  panel: number,
  from: number,
  to: number,
  first: number,
  last: number,
  transposed: boolean,
): void => {
  const { rows, v, t, shop } = work;
  const size = rows * BLOCK;
  for (let g = first; g < last; g++) shop.reflect(g * size, v - panel * size, t, rows, from, to, transposed);
};

/** Turns the columns into R and V in place. */
const factor = (work: Work): void => {
  const { groups, v, t, shop } = work;
  for (let panel = 0; panel < groups; panel += PANEL) {
    const end = Math.min(panel + PANEL, groups);
    shop.memory.fill(0, v, t);
    for (let block = panel; block < end; block++) {
      factorBlock(work, panel, block);
      apply(work, panel, block, block + 1, block + 1, end, true);
    }
    apply(work, panel, panel, end, end, groups, true);
    eachBelow(work, panel, end, (column, reflector) => {
      shop.memory[column] = shop.memory[reflector]!;
    });
  }
};

/** Visits what is below the diagonal in blocks `from` … `to` − 1: its place among the columns, and in the panel. */
const eachBelow = (
  { rows, cols, v }: Work,
  from: number,
  to: number,
  visit: (column: number, reflector: number) => void,
): void => {
  const shift = v - from * rows * BLOCK;
  for (let j = from * BLOCK; j < Math.min(to * BLOCK, cols); j++) {
    const top = (j - (j % BLOCK)) * rows + (j % BLOCK);
    for (let i = j + 1; i < rows; i++) visit(top + i * BLOCK, shift + top + i * BLOCK);
  }
};

/** Reflects the columns of one group one by one; a short group is filled up with the reflector 0. */
const factorBlock = (work: Work, panel: number, block: number): void => {
  const { rows, cols, shop } = work;
  const { memory } = shop;
  const from = block * BLOCK;
  const x = from * rows;
  const v = work.v + (block - panel) * rows * BLOCK;
  const tau = new Float64Array(BLOCK);
  for (let k = 0; k < BLOCK && from + k < cols; k++) {
    tau[k] = reflector(memory, x + k, v + k, from + k, rows);
    for (let c = k + 1; c < BLOCK; c++) {
      const along = tau[k]! * dot(memory, v + k, x + c, from + k, rows);
      for (let i = from + k; i < rows; i++) memory[x + c + i * BLOCK]! -= along * memory[v + k + i * BLOCK]!;
    }
  }
  triangle(memory, v, work.t + T_SIZE * block, tau, from, rows);
};

const dot = (memory: Float64Array, x: number, y: number, from: number, rows: number): number => {
  let sum = 0;
  for (let i = from * BLOCK; i < rows * BLOCK; i += BLOCK) sum += memory[x + i]! * memory[y + i]!;
  return sum;
};

/**
 * The reflector I − τ v vᵀ, 1 in row `from`, that sends the rest of the column at `x` to a multiple of e₀:
 * writes v, puts that multiple into row `from` and returns τ. Scaled by the largest element, so that no
 * square over- or underflows.
 */
const reflector = (memory: Float64Array, x: number, v: number, from: number, rows: number): number => {
  const begin = from * BLOCK;
  const end = rows * BLOCK;
  memory[v + begin] = 1;
  let largest = 0;
  for (let i = begin + BLOCK; i < end; i += BLOCK) largest = Math.max(largest, Math.abs(memory[x + i]!));
  if (largest === 0) return 0;
  const head = memory[x + begin]!;
  largest = Math.max(largest, Math.abs(head));
  let sum = 0;
  for (let i = begin; i < end; i += BLOCK) {
    const scaled = memory[x + i]! / largest;
    sum += scaled * scaled;
  }
  const norm = largest * Math.sqrt(sum);
  const target = head > 0 ? -norm : norm;
  const pivot = head - target;
  for (let i = begin + BLOCK; i < end; i += BLOCK) memory[v + i] = memory[x + i]! / pivot;
  memory[x + begin] = target;
  return -pivot / target;
};

/** T of H₀ H₁ H₂ H₃ = I − V T Vᵀ. */
const triangle = (
  memory: Float64Array,
  v: number,
  t: number,
  tau: Float64Array,
  from: number,
  rows: number,
): void => {
  for (let k = 0; k < BLOCK; k++) {
    memory[t + k * BLOCK + k] = tau[k]!;
    const dots = Float64Array.from({ length: k }, (_, p) => dot(memory, v + p, v + k, from + k, rows));
    for (let p = 0; p < k; p++) {
      let sum = 0;
      for (let s = p; s < k; s++) sum += memory[t + p * BLOCK + s]! * dots[s]!;
      memory[t + p * BLOCK + k] = -tau[k]! * sum;
    }
  }
};

/** H₀ H₁ … applied to the first columns of the identity, which take the place of V panel by panel. */
const formQ = (work: Work): void => {
  const { rows, cols, groups, v, t, shop } = work;
  const { memory } = shop;
  for (let end = groups; end > 0; end -= PANEL) {
    const start = Math.max(0, end - PANEL);
    memory.fill(0, v, t);
    eachBelow(work, start, end, (column, reflector) => {
      memory[reflector] = memory[column]!;
    });
    memory.fill(0, start * rows * BLOCK, end * rows * BLOCK);
    for (let j = start * BLOCK; j < Math.min(end * BLOCK, cols); j++) {
      memory[at(work, j, j)] = 1;
      memory[v - start * rows * BLOCK + at(work, j, j)] = 1;
    }
    // Columns left of a block's first row are still unit vectors above it: nothing to reflect.
    apply(work, start, start, end, start, groups, false);
  }
};
