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

/** The binary that scripts/build-kernels.ts wrote as text: a character is a byte, or 256 more than one. */
export const binaryOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

export const isValid = (binary: Uint8Array): boolean => wasm.validate(binary);

export const compile = (binary: Uint8Array): KernelModule => new wasm.Module(binary);

/** A new instance with memory of its own. */
export const instantiate = <T>(module: KernelModule): T =>
  new wasm.Instance(module, {
    env: {
      abort: () => {
        throw new Error("a kernel aborted");
      },
    },
  }).exports as T;
