import { InputError } from "../base/index.ts";
import { PIECES } from "./wasm.generated.ts";
import {
  binaryOf,
  compile,
  instantiate,
  isValid,
  type KernelMemory,
  type KernelModule,
} from "./web-assembly.ts";

export type KernelMode = "strict" | "fast";

/** Pointers are byte offsets into `memory`; see the header of each kernel for its layouts. */
export interface Kernels {
  readonly memory: KernelMemory;
  /** First byte behind the kernels' constants. */
  readonly HEAP: { readonly value: number };
  /** Runs `steps` times the operations at `plan`: see kernels/run.asm.ts. */
  run(plan: number, steps: number, state: number): number;
}

/** The binary of a build. */
export const kernelBinary = (mode: KernelMode): Uint8Array<ArrayBuffer> =>
  binaryOf(PIECES.filter((_, i) => i % 2 === (mode === "strict" ? 0 : 1)).join(""));

const compiled = new Map<KernelMode, KernelModule>();

/** Whether this machine's WebAssembly has relaxed SIMD, found by validating the fast module. */
export const hasFastKernels = (): boolean => isValid(kernelBinary("fast"));

/** The module of a mode, compiled once. Throws `InputError` without relaxed SIMD. */
export const kernelModule = (mode: KernelMode): KernelModule => {
  const known = compiled.get(mode);
  if (known !== undefined) return known;
  if (mode === "fast" && !hasFastKernels()) {
    throw new InputError("engine fast", "expected WebAssembly with relaxed SIMD, got none", 'Use "wasm".');
  }
  const module = compile(kernelBinary(mode));
  compiled.set(mode, module);
  return module;
};

export const instantiateKernels = (module: KernelModule): Kernels => instantiate<Kernels>(module);
