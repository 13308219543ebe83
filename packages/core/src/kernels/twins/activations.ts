/** @file Twins of the activation kernels: z becomes φ(z) in place, d takes φ′(z). */
import { expm1Twin, expTwin, tanhFromTwin } from "./elementary.ts";
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** φ(z) and φ′(z) of one value. */
export type Pair = readonly [value: number, slope: number];

/** Applies a pair to n values in place. */
export const each = (
  { f32 }: TwinMemory,
  z: number,
  d: number,
  n: number,
  pair: (x: number) => Pair,
): void => {
  for (let i = 0; i < n; i++) {
    const [value, slope] = pair(f32[z / 4 + i]!);
    f32[z / 4 + i] = value;
    f32[d / 4 + i] = slope;
  }
};

/** Twin of `leakyRelu`. */
export const leakyReluTwin = (memory: TwinMemory, z: number, d: number, n: number, k: number): void =>
  each(memory, z, d, n, (x) => (x > 0 ? [x, 1] : [f(x * k), k]));

/** Twin of `tanh`. */
export const tanhTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const e = expTwin(f(-2 * Math.abs(x)));
    const r = f(1 / f(1 + e));
    return [tanhFromTwin(x, e, r), f(f(f(4 * e) * r) * r)];
  });

/** Twin of `sigmoid`. */
export const sigmoidTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const e = expTwin(-Math.abs(x));
    const r = f(1 / f(1 + e));
    const small = f(e * r);
    return [x < 0 ? small : r, f(small * r)];
  });

/** Twin of `elu`. */
export const eluTwin = (
  memory: TwinMemory,
  z: number,
  d: number,
  n: number,
  p: number,
  q: number,
  inverse: number,
): void =>
  each(memory, z, d, n, (x) => {
    const less = expm1Twin(f((0 < x ? 0 : x) * inverse));
    return x > 0 ? [f(x * p), p] : [f(less * q), f(f(f(less + 1) * q) * inverse)];
  });

/** Twin of `hard`. */
export const hardTwin = (
  memory: TwinMemory,
  z: number,
  d: number,
  n: number,
  p: number,
  q: number,
  low: number,
  high: number,
  from: number,
  to: number,
): void =>
  each(memory, z, d, n, (x) => [
    x < from ? low : x > to ? high : f(f(x * p) + q),
    x > from && x < to ? p : 0,
  ]);

/** Twin of `hardSwish`. */
export const hardSwishTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) =>
    Math.abs(x) < 3
      ? [f(x * f(f(x * f(1 / 6)) + 0.5)), f(f(x * f(1 / 3)) + 0.5)]
      : [x < 0 ? 0 : x, x > 0 ? 1 : 0],
  );

/** Twin of `softsign`. */
export const softsignTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const r = f(1 / f(1 + Math.abs(x)));
    return [f(x * r), f(r * r)];
  });
