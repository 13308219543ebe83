import { DRAWS } from "./draws.generated.ts";
import { binaryOf, compile, instantiate, type KernelMemory, type KernelModule } from "./web-assembly.ts";

/** The kernels of core/kernels/draws: pointers are byte offsets into `memory`; see the header of each. */
export interface DrawKernels {
  readonly memory: KernelMemory;
  /** First byte behind the kernels' constants. */
  readonly HEAP: { readonly value: number };
  philox(
    out: number,
    blocks: number,
    c0: number,
    c1: number,
    c2: number,
    c3: number,
    k0: number,
    k1: number,
  ): void;
  uniform(words: number, values: number, n: number, low: number, span: number): void;
  normal(
    words: number,
    values: number,
    n: number,
    tails: number,
    logs: number,
    flip: number,
    below: number,
    share: number,
    mean: number,
    std: number,
  ): void;
  clamp(values: number, n: number, low: number, high: number): void;
  reflect(x: number, v: number, t: number, rows: number, from: number, to: number, transposed: number): void;
}

let compiled: KernelModule | null = null;

/** A new instance with 64 KiB of its own. */
export const openDrawKernels = (): DrawKernels => {
  compiled ??= compile(binaryOf(DRAWS));
  return instantiate<DrawKernels>(compiled);
};
