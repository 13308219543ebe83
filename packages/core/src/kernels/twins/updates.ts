/** @file Twins of the kernels of optimizers: kernels/update-*.asm.ts and kernels/clip.asm.ts. */
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** `count` numbers of an update, from the byte `at`. */
const numbersAt = ({ f32 }: TwinMemory, at: number, count: number): Float32Array =>
  f32.subarray(at / 4, at / 4 + count);

/** Twin of `updateMomentum`. */
export const updateMomentumTwin = (
  memory: TwinMemory,
  w: number,
  g: number,
  v: number,
  n: number,
  flags: number,
  numbers: number,
): boolean => {
  const { f32 } = memory;
  const [decay, l2, momentum, intake, look, step] = numbersAt(memory, numbers, 6) as unknown as Six;
  let finite = true;
  for (let i = 0; i < n; i++) {
    const before = f32[w / 4 + i]!;
    const gradient = f(f(l2 * before) + f32[g / 4 + i]!);
    let change = gradient;
    if ((flags & 1) !== 0) {
      const next = f(f(momentum * f32[v / 4 + i]!) + f(intake * gradient));
      f32[v / 4 + i] = next;
      change = (flags & 2) === 0 ? next : f(f(momentum * next) + f(look * gradient));
    }
    const after = f(f(-step * change) + f(decay * before));
    f32[w / 4 + i] = after;
    if (!Number.isFinite(after)) finite = false;
  }
  return finite;
};

/** Twin of `updateMoments`. */
export const updateMomentsTwin = (
  memory: TwinMemory,
  [w, g, m, s, l, n, flags]: readonly number[],
  numbers: number,
): boolean => {
  const { f32 } = memory;
  const [decay, l2, toMean, keep, toSquare, root, epsilon, mean, own] = numbersAt(
    memory,
    numbers,
    9,
  ) as unknown as Nine;
  let finite = true;
  for (let i = 0; i < n!; i++) {
    const before = f32[w! / 4 + i]!;
    const gradient = f(f(l2 * before) + f32[g! / 4 + i]!);
    const first = f32[m! / 4 + i]!;
    const next = f(f(toMean * f(gradient - first)) + first);
    f32[m! / 4 + i] = next;
    const second = f(f(keep * f32[s! / 4 + i]!) + f(f(toSquare * gradient) * gradient));
    f32[s! / 4 + i] = second;
    let square = second;
    if ((flags! & 1) !== 0) {
      square = Math.max(f32[l! / 4 + i]!, second);
      f32[l! / 4 + i] = square;
    }
    const up = f(f(mean * next) + f(own * gradient));
    const after = f(f(decay * before) - f(up / f(f(root * f(Math.sqrt(square))) + epsilon)));
    f32[w! / 4 + i] = after;
    if (!Number.isFinite(after)) finite = false;
  }
  return finite;
};

/** Twin of `updateSquares`. */
export const updateSquaresTwin = (
  memory: TwinMemory,
  [w, g, s, a, b, n, flags]: readonly number[],
  numbers: number,
): boolean => {
  const { f32 } = memory;
  const [decay, l2, keep, toSquare, inside, outside, momentum, intake, step] = numbersAt(
    memory,
    numbers,
    9,
  ) as unknown as Nine;
  let finite = true;
  for (let i = 0; i < n!; i++) {
    const before = f32[w! / 4 + i]!;
    const gradient = f(f(l2 * before) + f32[g! / 4 + i]!);
    const weighed = f(toSquare * gradient);
    let square = f(f(keep * f32[s! / 4 + i]!) + f(weighed * gradient));
    f32[s! / 4 + i] = square;
    if ((flags! & 1) !== 0) {
      const mean = f(f(keep * f32[a! / 4 + i]!) + weighed);
      f32[a! / 4 + i] = mean;
      square = f(square - f(mean * mean));
    }
    let change = f(gradient / f(f(Math.sqrt(f(square + inside))) + outside));
    if ((flags! & 2) !== 0) {
      change = f(f(momentum * f32[b! / 4 + i]!) + f(intake * change));
      f32[b! / 4 + i] = change;
    }
    const after = f(f(-step * change) + f(decay * before));
    f32[w! / 4 + i] = after;
    if (!Number.isFinite(after)) finite = false;
  }
  return finite;
};

/** Σ x · y in four lanes, added as (0 + 1) + (2 + 3), then the last values one by one. */
const dotTwin = (f32: Float32Array, x: number, y: number, k: number): number => {
  const lanes = [0, 0, 0, 0];
  const wide = k - (k % 4);
  for (let p = 0; p < wide; p++) lanes[p % 4] = f(f(f32[x + p]! * f32[y + p]!) + lanes[p % 4]!);
  let sum = f(f(lanes[0]! + lanes[1]!) + f(lanes[2]! + lanes[3]!));
  for (let p = wide; p < k; p++) sum = f(sum + f(f32[x + p]! * f32[y + p]!));
  return sum;
};

/** out[n, k] = alpha · (M[n, n] Y[n, k]) + beta · Z[n, k]; indices of words. */
const productTwin = (
  f32: Float32Array,
  [m, y, z, out]: readonly [number, number, number, number],
  alpha: number,
  beta: number,
  n: number,
  k: number,
): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let q = 0; q < n; q++) sum = f(sum + f(f32[m + i * n + q]! * f32[y + q * k + j]!));
      f32[out + i * k + j] = f(f(beta * f32[z + i * k + j]!) + f(alpha * sum));
    }
  }
};

const [A, B, C] = [f(3.4445), f(-4.775), f(2.0315)];

/** Twin of `updateMatrix`. */
export const updateMatrixTwin = (
  memory: TwinMemory,
  [w, g, v, rows, columns, scratch]: readonly number[],
  norm: number,
  numbers: number,
): boolean => {
  const { f32 } = memory;
  const [decay, keep, intake, look, lag, step] = numbersAt(memory, numbers, 6) as unknown as Six;
  const size = rows! * columns!;
  const tall = rows! > columns!;
  const [n, k] = tall ? [columns!, rows!] : [rows!, columns!];
  let x = scratch! / 4;
  let next = x + size;
  const a = next + size;
  const b = a + n * n;
  const turned = (i: number): number => (tall ? (i % columns!) * rows! + Math.floor(i / columns!) : i);
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const gradient = f32[g! / 4 + i]!;
    const momentum = f(f(keep * f32[v! / 4 + i]!) + f(intake * gradient));
    f32[v! / 4 + i] = momentum;
    const u = f(f(look * gradient) + f(lag * momentum));
    squares += u * u;
    f32[x + turned(i)] = u;
  }
  const length = f(Math.sqrt(squares));
  const divisor = norm < 0 ? Math.max(length, -norm) : f(length + norm);
  for (let i = 0; i < size; i++) f32[x + i] = f(f32[x + i]! / divisor);
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) f32[a + i * n + j] = dotTwin(f32, x + i * k, x + j * k, k);
    }
    productTwin(f32, [a, a, a, b], C, B, n, n);
    productTwin(f32, [b, x, x, next], 1, A, n, k);
    [x, next] = [next, x];
  }
  let finite = true;
  for (let i = 0; i < size; i++) {
    const after = f(f(decay * f32[w! / 4 + i]!) - f(step * f32[x + turned(i)]!));
    f32[w! / 4 + i] = after;
    if (!Number.isFinite(after)) finite = false;
  }
  return finite;
};

/** Twin of `clip`. */
export const clipTwin = (
  { f32 }: TwinMemory,
  g: number,
  n: number,
  value: number,
  norm: number,
  epsilon: number,
): void => {
  const at = g / 4;
  if (value > 0) {
    for (let i = 0; i < n; i++) f32[at + i] = Math.max(-value, Math.min(value, f32[at + i]!));
  }
  if (!(norm > 0)) return;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += f32[at + i]! * f32[at + i]!;
  const length = Math.sqrt(squares) + epsilon;
  if (!(length > norm)) return;
  const factor = f(norm / length);
  for (let i = 0; i < n; i++) f32[at + i] = f(factor * f32[at + i]!);
};

type Six = [number, number, number, number, number, number];
type Nine = [...Six, number, number, number];
