/** Reflectors that are applied together, and columns that lie side by side. */
export const BLOCK = 4;

/** A block's T, in a decomposition's memory. */
export const T_SIZE = BLOCK * BLOCK;

/** Where a decomposition computes. */
export interface Workshop {
  /** Zeros at first. */
  readonly memory: Float64Array;
  /**
   * Applies blocks `from` … `to` − 1, each I − V · Tᵀ · Vᵀ, from the first on to the four columns at `x`;
   * or, not `transposed`, I − V · T · Vᵀ from the last on.
   *
   *   x   [rows, 4]            read and written
   *   v   [blocks, rows, 4]    read: block b from row 4 b on
   *   t   [blocks, 4, 4]       read: upper triangular
   */
  reflect(x: number, v: number, t: number, rows: number, from: number, to: number, transposed: boolean): void;
}

/** `values` numbers to compute in, and what reflects in them. */
export type OpenWorkshop = (values: number) => Workshop;

/** In plain TypeScript, two columns at a time: what a kernel must equal bit for bit. */
export const openPlainWorkshop: OpenWorkshop = (values) => {
  const memory = new Float64Array(values);
  return {
    memory,
    reflect: (x, v, t, rows, from, to, transposed) => {
      for (let pair = x; pair < x + BLOCK; pair += 2) {
        for (let step = from; step < to; step++) {
          const block = transposed ? step : from + to - 1 - step;
          const factors = memory.subarray(t + T_SIZE * block, t + T_SIZE * (block + 1));
          reflectPair(memory, pair, v + BLOCK * rows * block, factors, BLOCK * block, rows, transposed);
        }
      }
    },
  };
};

const reflectPair = (
  m: Float64Array,
  x: number,
  v: number,
  t: Float64Array,
  first: number,
  rows: number,
  transposed: boolean,
): void => {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  const end = BLOCK * rows;
  for (let i = BLOCK * first; i < end; i += BLOCK) {
    const xi = m[x + i]!;
    const yi = m[x + i + 1]!;
    const p = m[v + i]!;
    const q = m[v + i + 1]!;
    const r = m[v + i + 2]!;
    const s = m[v + i + 3]!;
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
  for (let i = BLOCK * first; i < end; i += BLOCK) {
    const p = m[v + i]!;
    const q = m[v + i + 1]!;
    const r = m[v + i + 2]!;
    const s = m[v + i + 3]!;
    m[x + i]! -= p * a0 + q * a1 + (r * a2 + s * a3);
    m[x + i + 1]! -= p * b0 + q * b1 + (r * b2 + s * b3);
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
