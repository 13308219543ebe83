import type { Parameters } from "@stepzero/core";

/**
 * Tensors by name in the safetensors format: the length of a JSON header as 64 bits, the header padded
 * to 8 bytes, the values row-major, one tensor after the other. [1]
 *
 * [1] https://github.com/huggingface/safetensors
 */
export const safetensors = (
  tensors: Parameters,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const start = end;
    end += data.byteLength;
    return [
      name,
      { dtype: data instanceof Float32Array ? "F32" : "F64", shape, data_offsets: [start, end] },
    ] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const plain = new TextEncoder().encode(json);
  const length = Math.ceil(plain.length / 8) * 8;
  const out = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(plain, 8);
  let at = 8 + length;
  for (const { data } of Object.values(tensors)) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
};
