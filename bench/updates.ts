/** @file The workload `adamw`: one update of 10⁶ parameters by AdamW, the kernel alone. */
import {
  CODE,
  instantiateKernels,
  type KernelMode,
  kernelModule,
} from "../packages/core/src/kernels/index.ts";
import { NUMBERS, optimizer } from "../packages/core/src/optimizer/index.ts";

const PARAMETERS = 1_000_000;
export const UPDATES: Readonly<Record<string, { readonly parameters: number }>> = {
  adamw: { parameters: PARAMETERS },
};

/** Does `count` updates of the first step's numbers; the arrays lie in WebAssembly's memory, as in training. */
export const adamW = (mode: KernelMode, seed: number): ((count: number) => void) => {
  const { memory, HEAP, run } = instantiateKernels(kernelModule(mode));
  const bytes = 4 * PARAMETERS;
  const base = Math.ceil(HEAP.value / 64) * 64;
  const [w, g, m, s] = [0, 1, 2, 3].map((array) => base + array * bytes);
  const plan = base + 4 * bytes;
  const state = plan + 256;
  const numbers = state + 64;
  memory.grow(Math.ceil((numbers + 64 - memory.buffer.byteLength) / 65536));
  const words = new Int32Array(memory.buffer);
  const values = new Float32Array(memory.buffer);
  let word = seed >>> 0;
  for (const at of [w!, g!]) {
    for (let i = 0; i < PARAMETERS; i++) {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      values[at / 4 + i] = word / 4294967296 - 0.5;
    }
  }
  words.set([CODE.updateMoments, w!, g!, m!, s!, w!, PARAMETERS, 0, 0], plan / 4);
  words[state / 4 + 3] = numbers;
  const { vector } = optimizer("adamW");
  if (vector.rule !== "moments") throw new Error("adamW is updated by another rule");
  const first: Readonly<Record<string, number>> = { ...vector.numbers(1, 1e-3) };
  values.set(
    NUMBERS.moments.map((name) => first[name]!),
    numbers / 4,
  );
  return (count) => {
    if (run(plan, count, state) !== count) throw new Error("a parameter is not finite");
  };
};
