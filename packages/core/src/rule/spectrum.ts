import { pow, sin } from "../math/index.ts";

/** Values beyond which a spectrum is not worth its time. */
export const MOST_SPECTRUM = 1_048_576;

/** Whether the shorter side's vectors stand at right angles, far beyond chance: 24 of them are looked at. */
export const isOrthogonal = (
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  bits: number,
): boolean => {
  if (Math.min(rows, columns) < 2 || rows * columns < 16) return false;
  const byRow = rows <= columns;
  const k = Math.min(rows, columns, 24);
  const length = Math.max(rows, columns);
  const at = (vector: number, i: number) =>
    byRow ? values[vector * columns + i]! : values[i * columns + vector]!;
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += at(a, i) * at(b, i);
    return sum;
  };
  let [off, own] = [0, 0];
  for (let i = 0; i < k; i++) {
    own += product(i, i) / k;
    for (let j = 0; j < i; j++) {
      const one = product(i, j);
      off += (one * one) / ((k * (k - 1)) / 2);
    }
  }
  let rounding = 1;
  for (let bit = 1; bit < bits; bit++) rounding /= 2;
  return own > 0 && Math.sqrt(off) / own < 0.1 / Math.sqrt(length) + 2 * rounding;
};

/**
 * How far the largest singular value lies above (√rows + √columns) σ, that of independent values, in units of the
 * Tracy–Widom law: ½ (1/√rows + 1/√columns)^⅓ σ. Forty steps of the power method.
 */
export const spectrumExcess = (
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  std: number,
): number => {
  if (Math.min(rows, columns) < 8 || !(std > 0)) return 0;
  let v = Float64Array.from({ length: columns }, (_, i) => sin(1 + i * 12.9898));
  let value = 0;
  for (let step = 0; step < 40; step++) {
    const next = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      const from = row * columns;
      for (let i = 0; i < columns; i++) sum += values[from + i]! * v[i]!;
      for (let i = 0; i < columns; i++) next[i]! += values[from + i]! * sum;
    }
    const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    if (!(length > 0)) return 0;
    value = Math.sqrt(length / Math.sqrt(v.reduce((sum, x) => sum + x * x, 0)));
    v = next.map((x) => x / length);
  }
  const unit = 0.5 * pow(1 / Math.sqrt(rows) + 1 / Math.sqrt(columns), 1 / 3);
  return (value / std - Math.sqrt(rows) - Math.sqrt(columns)) / unit;
};
