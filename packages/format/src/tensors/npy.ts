import { type Shape, type Tensor, toFloat16 } from "@stepzero/core";

/**
 * One tensor in NumPy's format, version 1.0: magic, a header padded to 64 bytes, the values row-major. [1]
 *
 * [1] https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export const npy = ({ shape, data }: Tensor): Uint8Array =>
  file(shape, data instanceof Float32Array ? "<f4" : "<f8", data);

/** The same in half precision, each value rounded to the nearest. */
export const npyFloat16 = ({ shape, data }: Tensor): Uint8Array => file(shape, "<f2", toFloat16(data));

const file = (shape: Shape, descr: string, data: ArrayBufferView): Uint8Array => {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${axes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`\x93NUMPY\x01\x00  ${text.padEnd(length - 1)}\n`.slice(1));
  const out = new Uint8Array(10 + length + data.byteLength);
  out[0] = 0x93;
  out.set(header, 1);
  out[8] = length & 0xff;
  out[9] = length >> 8;
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + length);
  return out;
};
