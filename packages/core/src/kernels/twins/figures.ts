/** @file Twins of the kernels that measure: sums, counts, spreads, distinct units; and of gather. */
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** Twin of sum.asm.ts: float32 terms, four float64 lanes over the samples of all rows, then (0 + 1) + (2 + 3). */
export const laneSum = (rows: number, n: number, term: (row: number, s: number) => number): number => {
  const sum = [0, 0, 0, 0] as [number, number, number, number];
  for (let row = 0; row < rows; row++) {
    for (let s = 0; s < n; s++) sum[s % 4]! += term(row, s);
  }
  return sum[0] + sum[1] + (sum[2] + sum[3]);
};

/** Twin of `sumSquares`. */
export const sumSquaresTwin = (
  { f32, f64 }: TwinMemory,
  a: number,
  O: number,
  n: number,
  B: number,
  out: number,
): void => {
  f64[out / 8]! += laneSum(O, n, (o, s) => f(f32[a / 4 + o * B + s]! * f32[a / 4 + o * B + s]!));
};

/** Twin of `markVarying`. */
export const markVaryingTwin = (
  { f32, i32 }: TwinMemory,
  a: number,
  flags: number,
  O: number,
  B: number,
): void => {
  for (let o = 0; o < O; o++) {
    const flag = flags / 4 + o;
    if (i32[flag] === 0) {
      f32[flag + O] = f32[a / 4 + o * B]!;
      i32[flag] = 1;
    }
    for (let s = 0; s < B; s++) if (f32[a / 4 + o * B + s] !== f32[flag + O]) i32[flag] = 2;
  }
};

/** Twin of `countOutside`. */
export const countOutsideTwin = (
  { f32, f64 }: TwinMemory,
  z: number,
  O: number,
  n: number,
  B: number,
  low: number,
  high: number,
  out: number,
): void => {
  let count = 0;
  for (let o = 0; o < O; o++) {
    for (let s = 0; s < n; s++) {
      const value = f32[z / 4 + o * B + s]!;
      if (value <= low || value >= high) count++;
    }
  }
  f64[out / 8]! += count;
};

/** Twin of `spread`. */
export const spreadTwin = ({ f32, f64 }: TwinMemory, w: number, out: number, n: number): void => {
  const count = Math.max(n, 1);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f32[w / 4 + i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = f32[w / 4 + i]! - mean;
    squares += d * d;
  }
  f64[out / 8] = Math.sqrt(squares / count);
};

/** Twin of `distinctUnits`. */
export const distinctUnitsTwin = (
  { f32, f64, i32 }: TwinMemory,
  w: number,
  b: number,
  I: number,
  O: number,
  tolerance: number,
  scratch: number,
  out: number,
): void => {
  const same = (p: number, q: number): boolean =>
    f(Math.abs(f(p - q))) <= f(tolerance * Math.max(Math.abs(p), Math.abs(q)));
  const sameUnit = (p: number, q: number): boolean => {
    if (!same(f32[b / 4 + p]!, f32[b / 4 + q]!)) return false;
    for (let i = 0; i < I; i++) if (!same(f32[w / 4 + p * I + i]!, f32[w / 4 + q * I + i]!)) return false;
    return true;
  };
  let kinds = 0;
  for (let o = 0; o < O; o++) {
    let known = 0;
    while (known < kinds && !sameUnit(i32[scratch / 4 + known]!, o)) known++;
    if (known === kinds) i32[scratch / 4 + kinds++] = o;
  }
  f64[out / 8] = kinds;
};

/** Twin of `gather`; `order` 0 takes the samples from `start` on. */
export const gatherTwin = (
  { f32, i32 }: TwinMemory,
  x: number,
  order: number,
  start: number,
  out: number,
  I: number,
  n: number,
  B: number,
): void => {
  for (let s = 0; s < B; s++) {
    const at = Math.min(s, n - 1);
    const sample = order === 0 ? start + at : i32[order / 4 + at]!;
    for (let i = 0; i < I; i++) f32[out / 4 + i * B + s] = f32[x / 4 + sample * I + i]!;
  }
};
