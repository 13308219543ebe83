import { InputError, type Shape, type Tensor } from "@stepzero/core";
import { bytesOf, type ElementType, elementTypeOf } from "./element-type.ts";

const DESCRIPTION: Readonly<Record<ElementType, string | null>> = {
  float16: "<f2",
  bfloat16: null,
  float32: "<f4",
  float64: "<f8",
};

/**
 * What a file in NumPy's format, version 1.0, begins with: magic and a header padded to 64 bytes; the
 * values follow row-major. [1]
 *
 * Errors: `InputError` for bfloat16, which NumPy lacks.
 *
 * [1] https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export const npyHeader = (shape: Shape, type: ElementType): Uint8Array => {
  const description = DESCRIPTION[type];
  if (description === null) {
    throw new InputError(
      "npy",
      `expected a dtype that NumPy has, got ${type}`,
      "Use float16 or float32, or FILE.safetensors.",
    );
  }
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${axes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const out = new Uint8Array(10 + length);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  out.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), 10);
  return out;
};

/** One tensor in NumPy's format. */
export const npy = ({ shape, data }: Tensor, type: ElementType = elementTypeOf(data)): Uint8Array => {
  const header = npyHeader(shape, type);
  const bytes = bytesOf(data, type);
  const out = new Uint8Array(header.length + bytes.length);
  out.set(header);
  out.set(bytes, header.length);
  return out;
};
