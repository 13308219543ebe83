import type { Parameters } from "@stepzero/core";
import { bytesOf, type ElementType, elementTypeOf } from "./element-type.ts";

const NAME: Readonly<Record<ElementType, string>> = {
  float16: "F16",
  bfloat16: "BF16",
  float32: "F32",
  float64: "F64",
};

/**
 * Tensors by name in the safetensors format: the length of a JSON header as 64 bits, the header padded
 * to 8 bytes, the values row-major, one tensor after the other. [1]
 *
 * [1] https://github.com/huggingface/safetensors
 */
export const safetensors = (
  tensors: Parameters,
  metadata: Readonly<Record<string, string>> = {},
  type?: ElementType,
): Uint8Array => {
  let end = 0;
  const values = Object.values(tensors).map(({ data }) => bytesOf(data, type ?? elementTypeOf(data)));
  const entries = Object.entries(tensors).map(([name, { shape, data }], i) => {
    const start = end;
    end += values[i]!.length;
    return [name, { dtype: NAME[type ?? elementTypeOf(data)], shape, data_offsets: [start, end] }] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const plain = new TextEncoder().encode(json);
  const length = Math.ceil(plain.length / 8) * 8;
  const out = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(plain, 8);
  let at = 8 + length;
  for (const bytes of values) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
};
