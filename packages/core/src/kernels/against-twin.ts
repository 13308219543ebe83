/** @file For the tests: one operation in the kernels and in their twins, and every byte compared. */
import { instantiateKernels, type KernelMode, type Kernels, kernelModule } from "./load.ts";
import { runTwin } from "./twins/index.ts";

const PAGES = 8;
export const START = 16_384;

export const open = (mode: KernelMode): Kernels => {
  const kernels = instantiateKernels(kernelModule(mode));
  kernels.memory.grow(PAGES);
  return kernels;
};
export const kernels = open("strict");
/** Words below are the kernels' constants and scratch. */
const OWN = kernels.HEAP.value / 4;

const float = new DataView(new ArrayBuffer(4));
export const bits = (value: number): number => {
  float.setFloat32(0, value);
  return float.getInt32(0);
};

/**
 * Fills both memories with the same noise, performs one operation in each, and expects equal bytes in all that is
 * not the kernels' own.
 */
export const same = (
  op: readonly number[],
  prepare?: (floats: Float32Array, words: Int32Array) => void,
): void => {
  const floats = new Float32Array(kernels.memory.buffer);
  const words = new Int32Array(kernels.memory.buffer);
  for (let i = START / 4; i < floats.length; i++) floats[i] = ((i * 7919) % 2003) / 500 - 2;
  prepare?.(floats, words);
  const plan = START;
  words.fill(0, plan / 4, plan / 4 + 48);
  words.set(op, plan / 4);
  floats[plan / 4 + 40] = 0.1;
  words[plan / 4 + 41] = ORDER;
  words[plan / 4 + 43] = NUMBERS;
  const twin = kernels.memory.buffer.slice(0);
  const result = kernels.run(plan, 1, plan + 160);
  const twins = runTwin(twin, plan, 1, plan + 160);
  if (twins !== result) throw new Error(`op ${op}: the kernel returned ${result}, its twin ${twins}`);
  const before = new Int32Array(twin);
  words.set(before.subarray(P / 4, P_END / 4), P / 4);
  const wrong = words.findIndex((word, i) => i >= OWN && word !== before[i]);
  if (wrong !== -1) {
    const values = `${floats[wrong]} in place of ${new Float32Array(twin)[wrong]}`;
    throw new Error(`op ${op}: word ${wrong} is ${values}`);
  }
};

export const [X, Y, W, V, OUT, ORDER] = [32_768, 98_304, 163_840, 196_608, 229_376, 294_912];
/** The numbers of an update. */
export const NUMBERS = 24_576;
/** Scratch of the widest layer, 17 inputs. */
export const [P, P_END] = [327_680, 327_680 + 4 * 5 * 17];
export const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 17];
export const WIDTHS = [8, 16, 24, 304];
