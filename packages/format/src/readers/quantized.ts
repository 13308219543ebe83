import { layerOf, roleOfLeaf } from "./architecture/names.ts";
import { fault } from "./fault.ts";
import type { StoredTensor } from "./weight-file.ts";

/** Tensors by which GPTQ, AWQ, bitsandbytes, compressed-tensors and MXFP4 keep quantized weights. */
const NAMES = /(?:\.(?:qweight|qzeros|weight_packed|absmax|SCB)|quant_state\..*|\.\w+_blocks)$/;
const SMALL = /^(?:u?int8|float8)/;
const SCALES = ["_scale", "_scale_inv", "_scales", ".scale"];

/** Refuses weights that mean something only with scales that are kept beside them. */
export const refuseQuantized = (file: string, tensors: readonly StoredTensor[]): void => {
  const names = new Set(tensors.map(({ name }) => name));
  for (const { name, dtype, type, shape } of tensors) {
    const scaled = SMALL.test(type) && SCALES.some((ending) => names.has(`${name}${ending}`));
    const role = roleOfLeaf(layerOf(name).leaf);
    const whole = /^u?int8$/.test(type) && shape.length > 1 && (role === "kernel" || role === "embedding");
    const packed = NAMES.test(name) && (!name.endsWith("_blocks") || type === "uint8");
    if (!scaled && !whole && !packed) continue;
    throw fault(
      file,
      `"${name}"`,
      `is quantized: ${dtype} [${shape}] holds codes, not values`,
      "Check the weights before they are quantized.",
    );
  }
};
