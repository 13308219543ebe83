import type { ByteSource } from "../byte-source.ts";
import { Cursor } from "../cursor.ts";
import { CUT_OFF, fault } from "../fault.ts";

const PAGE = 2 ** 16;
const KEPT = 64;
/** Bytes of one structure: a node, a heap's block. */
const MOST = 2 ** 24;

/** A file of HDF5 whose small structures are read again and again: through pages that are kept. */
export interface Hdf5File {
  readonly source: ByteSource;
  /** Bytes of an address and of a length. */
  readonly offsetSize: number;
  readonly lengthSize: number;
  /** Where address 0 is. */
  readonly base: number;
  /** A structure at an address. */
  at(address: number, size: number, what: string): Promise<Cursor>;
}

export const hdf5File = (
  source: ByteSource,
  base: number,
  offsetSize: number,
  lengthSize: number,
): Hdf5File => {
  const pages = new Map<number, Promise<Uint8Array>>();
  const page = (index: number): Promise<Uint8Array> => {
    const kept = pages.get(index) ?? source.read(index * PAGE, Math.min(PAGE, source.size - index * PAGE));
    pages.delete(index);
    pages.set(index, kept);
    if (pages.size > KEPT) pages.delete(pages.keys().next().value!);
    return kept;
  };
  return {
    ...{ source, base, offsetSize, lengthSize },
    at: async (address, size, what) => {
      const start = base + address;
      if (size > MOST)
        throw fault(source.name, start, `expected ${what} of at most ${MOST} bytes, got ${size}`);
      if (!(address >= 0 && start + size <= source.size)) {
        throw fault(
          source.name,
          start,
          `expected ${size} bytes of ${what}, got a file that ends at ${source.size}`,
          CUT_OFF,
        );
      }
      const first = Math.floor(start / PAGE);
      const from = start - first * PAGE;
      if (from + size <= PAGE)
        return new Cursor(source.name, (await page(first)).subarray(from, from + size), what, start);
      return new Cursor(source.name, await source.read(start, size), what, start);
    },
  };
};

/** An address, or `null` where all its bits are set, which means none. */
export const address = (cursor: Cursor, size: number): number | null => {
  const bytes = cursor.take(size);
  if (bytes.every((byte) => byte === 255)) return null;
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value;
};

/** A structure must begin with its signature. */
export const expectSignature = (cursor: Cursor, signature: string): void => {
  const got = cursor.text(4);
  cursor.at -= 4;
  if (got !== signature) throw cursor.fault(`expected ${cursor.what} ("${signature}"), got "${got}"`);
  cursor.at += 4;
};
