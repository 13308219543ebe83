/** @file Twins of the loss kernels: bce, softmax and mse, gradient and value. */
import { expTwin, log1pTwin, logTwin } from "./elementary.ts";
import { laneSum } from "./figures.ts";
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** The place of a block of outputs: z and y, rows C, samples n, padded to B. */
export type LossArguments = readonly [z: number, y: number, C: number, n: number, B: number];

/** Twin of `bceGradient`. */
export const bceGradientTwin = ({ f32 }: TwinMemory, [z, y, , n, B]: LossArguments, k: number): boolean => {
  let finite = true;
  for (let s = 0; s < B; s++) {
    const logit = f32[z / 4 + s]!;
    if (!Number.isFinite(logit)) finite = false;
    const p = f(1 / f(1 + expTwin(-logit)));
    f32[z / 4 + s] = s < n ? f(f(p - f32[y / 4 + s]!) * k) : 0;
  }
  return finite;
};

/** Twin of `bceValue`. */
export const bceValueTwin = ({ f32, f64 }: TwinMemory, [z, y, , n]: LossArguments, out: number): void => {
  let correct = 0;
  const sum = laneSum(1, n, (_, s) => {
    const logit = f32[z / 4 + s]!;
    const label = f32[y / 4 + s]!;
    if (logit > 0 === label > 0) correct++;
    const positive = 0 < logit ? logit : 0;
    return f(f(positive - f(label * logit)) + log1pTwin(expTwin(-Math.abs(logit))));
  });
  f64[out / 8]! += sum;
  f64[out / 8 + 1]! += correct;
};

const largestOf = (f32: Float32Array, z: number, s: number, C: number, B: number) => {
  let largest = f32[z / 4 + s]!;
  let best = 0;
  for (let c = 1; c < C; c++) {
    const logit = f32[z / 4 + c * B + s]!;
    if (largest < logit) {
      largest = logit;
      best = c;
    }
  }
  return { largest, best };
};

/** Twin of `softmaxGradient`. */
export const softmaxGradientTwin = (
  { f32 }: TwinMemory,
  [z, y, C, n, B]: LossArguments,
  k: number,
): boolean => {
  let finite = true;
  for (let s = 0; s < B; s++) {
    const { largest } = largestOf(f32, z, s, C, B);
    let sum = 0;
    for (let c = 0; c < C; c++) {
      const at = z / 4 + c * B + s;
      if (!Number.isFinite(f32[at]!)) finite = false;
      f32[at] = expTwin(f(f32[at]! - largest));
      sum = f(sum + f32[at]!);
    }
    const share = f(1 / sum);
    for (let c = 0; c < C; c++) {
      const at = z / 4 + c * B + s;
      const hit = f32[y / 4 + s] === c ? 1 : 0;
      f32[at] = s < n ? f(f(f(f32[at]! * share) - hit) * k) : 0;
    }
  }
  return finite;
};

/** Twin of `softmaxValue`. */
export const softmaxValueTwin = (
  { f32, f64 }: TwinMemory,
  [z, y, C, n, B]: LossArguments,
  out: number,
): void => {
  let correct = 0;
  const total = laneSum(1, n, (_, s) => {
    const { largest, best } = largestOf(f32, z, s, C, B);
    const label = f32[y / 4 + s]!;
    if (best === label) correct++;
    let own = 0;
    let sum = 0;
    for (let c = 0; c < C; c++) {
      const logit = f32[z / 4 + c * B + s]!;
      if (c === label) own = logit;
      sum = f(sum + expTwin(f(logit - largest)));
    }
    return f(logTwin(sum) + f(largest - own));
  });
  f64[out / 8]! += total;
  f64[out / 8 + 1]! += correct;
};

/** Twin of `countCorrect`. */
export const countCorrectTwin = (
  { f32, f64 }: TwinMemory,
  [z, y, C, n, B]: LossArguments,
  out: number,
): void => {
  for (let s = 0; s < n; s++) {
    const label = f32[y / 4 + s]!;
    const says = C === 1 ? Number(f32[z / 4 + s]! > 0) : largestOf(f32, z, s, C, B).best;
    if (says === label) f64[out / 8 + label]! += 1;
  }
};

/** Twin of `mseGradient`. */
export const mseGradientTwin = ({ f32 }: TwinMemory, [z, y, C, n, B]: LossArguments, k: number): boolean => {
  let finite = true;
  for (let c = 0; c < C; c++) {
    for (let s = 0; s < B; s++) {
      const at = c * B + s;
      const error = s < n ? f(f32[z / 4 + at]! - f32[y / 4 + at]!) : 0;
      if (!Number.isFinite(f(error * error))) finite = false;
      f32[z / 4 + at] = f(error * k);
    }
  }
  return finite;
};

/** Twin of `mseValue`. */
export const mseValueTwin = ({ f32, f64 }: TwinMemory, [z, y, C, n, B]: LossArguments, out: number): void => {
  f64[out / 8]! += laneSum(C, n, (c, s) => {
    const error = f(f32[z / 4 + c * B + s]! - f32[y / 4 + c * B + s]!);
    return f(error * error);
  });
};
