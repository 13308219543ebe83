/** @file Twins of the dense kernels and of gradient-descent.asm.ts. */
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** Twin of `denseForward`. */
export const denseForwardTwin = (
  { f32 }: TwinMemory,
  x: number,
  w: number,
  b: number,
  z: number,
  I: number,
  O: number,
  B: number,
  relu: number,
): void => {
  for (let o = 0; o < O; o++) {
    for (let s = 0; s < B; s++) {
      let sum = f32[b / 4 + o]!;
      for (let i = 0; i < I; i++) sum = f(sum + f(f32[w / 4 + o * I + i]! * f32[x / 4 + i * B + s]!));
      f32[z / 4 + o * B + s] = relu && !(0 < sum) ? 0 : sum;
    }
  }
};

/** Four lanes from 0 over the samples, then (0 + 1) + (2 + 3). */
const lanes = (B: number, term: (s: number) => number): number => {
  const sum = [0, 0, 0, 0] as [number, number, number, number];
  for (let s = 0; s < B; s++) sum[s % 4] = f(sum[s % 4]! + term(s));
  return f(f(sum[0] + sum[1]) + f(sum[2] + sum[3]));
};

/** Twin of `denseBackwardWeights`. */
export const denseBackwardWeightsTwin = (
  { f32 }: TwinMemory,
  x: number,
  dz: number,
  dw: number,
  db: number,
  I: number,
  O: number,
  B: number,
  add: number,
): void => {
  for (let o = 0; o < O; o++) {
    const sum = lanes(B, (s) => f32[dz / 4 + o * B + s]!);
    f32[db / 4 + o] = add ? f(f32[db / 4 + o]! + sum) : sum;
    for (let i = 0; i < I; i++) {
      const at = dw / 4 + o * I + i;
      const sum = lanes(B, (s) => f(f32[dz / 4 + o * B + s]! * f32[x / 4 + i * B + s]!));
      f32[at] = add ? f(f32[at]! + sum) : sum;
    }
  }
};

/** Twin of `denseBackwardInput`. */
export const denseBackwardInputTwin = (
  { f32 }: TwinMemory,
  w: number,
  dz: number,
  d: number,
  out: number,
  I: number,
  O: number,
  B: number,
  mode: number,
): void => {
  for (let i = 0; i < I; i++) {
    for (let s = 0; s < B; s++) {
      let sum = f(f32[w / 4 + i]! * f32[dz / 4 + s]!);
      for (let o = 1; o < O; o++) sum = f(sum + f(f32[w / 4 + o * I + i]! * f32[dz / 4 + o * B + s]!));
      const at = i * B + s;
      if (mode === 1) sum = f32[d / 4 + at]! > 0 ? sum : 0;
      if (mode === 2) sum = f(sum * f32[d / 4 + at]!);
      f32[out / 4 + at] = sum;
    }
  }
};

/** Twin of `gradientDescent`. */
export const gradientDescentTwin = (
  { f32 }: TwinMemory,
  w: number,
  g: number,
  n: number,
  rate: number,
): boolean => {
  let finite = true;
  for (let i = 0; i < n; i++) {
    const next = f(f32[w / 4 + i]! - f(f(rate) * f32[g / 4 + i]!));
    f32[w / 4 + i] = next;
    if (!Number.isFinite(next)) finite = false;
  }
  return finite;
};

/** Twin of `multiply`. */
export const multiplyTwin = ({ f32 }: TwinMemory, z: number, d: number, n: number): void => {
  for (let i = 0; i < n; i++) f32[z / 4 + i] = f(f32[z / 4 + i]! * f32[d / 4 + i]!);
};
