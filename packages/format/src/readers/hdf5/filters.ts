import { Inflate } from "fflate";
import type { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";

interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

/** Filters by their registered numbers. */
const NAMES: Readonly<Record<number, string>> = {
  4: "szip",
  5: "nbit",
  6: "scaleoffset",
  32000: "lzf",
  32001: "blosc",
  32004: "lz4",
  32008: "bitshuffle",
  32015: "zstd",
};
const [DEFLATE, SHUFFLE, FLETCHER] = [1, 2, 3];

/** The filters that chunks went through, in the order of writing. */
export const filters = (data: Cursor): Filter[] => {
  const [version, count] = [data.u8(), data.u8()];
  if (version === 1) data.skip(6);
  return Array.from({ length: count }, () => {
    const id = data.u16();
    const named = version === 1 || id >= 256 ? data.u16() : 0;
    data.skip(2);
    const values = data.u16();
    data.skip(version === 1 ? Math.ceil(named / 8) * 8 : named);
    const filter = { id, values: Array.from({ length: values }, () => data.u32()) };
    if (version === 1 && values % 2 === 1) data.skip(4);
    if (id !== DEFLATE && id !== SHUFFLE && id !== FLETCHER) {
      throw data.fault(
        `expected chunks that are deflated or plain, got the filter ${NAMES[id] ?? `number ${id}`}`,
        "Save the dataset with gzip, or uncompressed.",
      );
    }
    return filter;
  });
};

/** Bytes of a chunk as they were before it was written. `mask` names filters that were left out. */
export const unfiltered = (
  chain: readonly Filter[],
  mask: number,
  bytes: Uint8Array,
  size: number,
  where: Cursor,
): Uint8Array => {
  let out = bytes;
  for (let i = chain.length - 1; i >= 0; i--) {
    if ((mask & (1 << i)) !== 0) continue;
    const { id, values } = chain[i]!;
    if (id === FLETCHER) out = out.subarray(0, Math.max(0, out.length - 4));
    else if (id === DEFLATE) out = inflate(out, size + 4, where);
    else out = unshuffled(out, values[0] ?? 1);
  }
  if (out.length !== size) throw where.fault(`expected a chunk of ${size} bytes, got ${out.length}`, DAMAGED);
  return out;
};

/** Bytes that are unpacked at once: they come to at most a thousand times as many. */
const STEP = 2 ** 14;
const ZLIB_HEAD = 2;

const inflate = (bytes: Uint8Array, most: number, where: Cursor): Uint8Array => {
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Inflate((part) => {
    parts.push(part);
    total += part.length;
  });
  try {
    for (let at = ZLIB_HEAD; at < bytes.length && total <= most; at += STEP)
      stream.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    throw where.fault(`expected a deflated chunk, got other bytes: ${(error as Error).message}`, DAMAGED);
  }
  if (total > most) throw where.fault(`expected a chunk of ${most - 4} bytes, got more`, DAMAGED);
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** The first bytes of all values, then the second ones, … put back together. */
const unshuffled = (bytes: Uint8Array, size: number): Uint8Array => {
  if (size <= 1) return bytes;
  const count = Math.floor(bytes.length / size);
  const out = bytes.slice();
  for (let k = 0; k < size; k++) for (let i = 0; i < count; i++) out[i * size + k] = bytes[k * count + i]!;
  return out;
};
