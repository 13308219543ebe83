import { InputError } from "../base/index.ts";
import { DRAWS, FAST, STRICT } from "./wasm.generated.ts";

/** A compiled `WebAssembly.Module`, opaque here: it can be posted to workers. */
export interface KernelModule {
  readonly [Symbol.toStringTag]?: string;
}

export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; views of the old buffer are detached. */
  grow(pages: number): number;
}

/** What is used of the global `WebAssembly`, which is typed by neither ES nor Node's types. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => KernelModule;
  readonly Instance: new (
    module: KernelModule,
    imports: Record<string, Record<string, () => void>>,
  ) => { readonly exports: unknown };
}
const wasm = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

export type KernelMode = "strict" | "fast";

/** Pointers are byte offsets into `memory`; see the header of each kernel for its layouts. */
export interface Kernels {
  readonly memory: KernelMemory;
  /** First byte behind the kernels' constants. */
  readonly HEAP: { readonly value: number };
  /** Runs `steps` times the operations at `plan`: see kernels/run.asm.ts. */
  run(plan: number, steps: number, state: number): number;
}

const decode = (base64: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

const BINARIES = { strict: STRICT, fast: FAST, draws: DRAWS } as const;
const compiled = new Map<keyof typeof BINARIES, KernelModule>();

/** Whether this machine's WebAssembly has relaxed SIMD, found by validating the fast module. */
export const hasFastKernels = (): boolean => wasm.validate(decode(FAST));

/** The module of a mode, or of the kernels that draw, compiled once. Throws `InputError` without relaxed SIMD. */
export const kernelModule = (name: KernelMode | "draws"): KernelModule => {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  if (name === "fast" && !hasFastKernels()) {
    throw new InputError("engine fast", "expected WebAssembly with relaxed SIMD, got none", 'Use "wasm".');
  }
  const module = new wasm.Module(decode(BINARIES[name]));
  compiled.set(name, module);
  return module;
};

/** A new instance with memory of its own. */
export const instantiate = <T>(module: KernelModule): T =>
  new wasm.Instance(module, {
    env: {
      abort: () => {
        throw new Error("a kernel aborted");
      },
    },
  }).exports as T;

export const instantiateKernels = (module: KernelModule): Kernels => instantiate<Kernels>(module);
