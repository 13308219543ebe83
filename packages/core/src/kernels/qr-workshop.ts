import { type OpenWorkshop, openPlainWorkshop } from "../math/index.ts";
import { type DrawKernels, openDrawKernels } from "./draws.ts";

const PAGE = 65536;

const open = (values: number): { kernels: DrawKernels; base: number } | null => {
  try {
    const kernels = openDrawKernels();
    const base = Math.ceil(kernels.HEAP.value / 64) * 64;
    kernels.memory.grow(
      Math.max(0, Math.ceil((base + 8 * values) / PAGE) - kernels.memory.buffer.byteLength / PAGE),
    );
    return { kernels, base };
  } catch {
    return null;
  }
};

/**
 * What `qr` computes with, in WebAssembly: the same bits, three times as fast. Plain where WebAssembly is
 * not allowed or has no room for that many values. Its memory goes with it.
 */
export const openQrWorkshop: OpenWorkshop = (values) => {
  const opened = open(values);
  if (opened === null) return openPlainWorkshop(values);
  const { kernels, base } = opened;
  return {
    memory: new Float64Array(kernels.memory.buffer, base, values),
    reflect: (x, v, t, rows, from, to, transposed) =>
      kernels.reflect(base + 8 * x, base + 8 * v, base + 8 * t, rows, from, to, transposed ? 1 : 0),
  };
};
