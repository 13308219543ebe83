import { Inflate } from "fflate";
import { type ByteSource, sliceSource } from "../byte-source.ts";
import { CUT_OFF, DAMAGED, fault } from "../fault.ts";
import type { Place } from "../weight-file.ts";
import { crc32 } from "./crc32.ts";
import type { ZipEntry } from "./directory.ts";

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** Packed bytes that are unpacked at once: they come to at most a thousand times as many. */
const STEP = 2 ** 14;
/** A packed file that must be read out of order is held whole. */
const HELD = 2 ** 27;

/** Where an entry's bytes begin. */
const startOf = async (source: ByteSource, entry: ZipEntry): Promise<number> => {
  const { local, packed, name } = entry;
  if (local + LOCAL_BYTES > source.size)
    throw fault(source.name, local, `expected the header of "${name}"`, CUT_OFF);
  const head = await source.read(local, LOCAL_BYTES);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0, true) !== LOCAL)
    throw fault(source.name, local, `expected the header of "${name}"`, DAMAGED);
  const start = local + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > source.size)
    throw fault(
      source.name,
      start,
      `expected ${packed} bytes of "${name}", got ${source.size - start}`,
      CUT_OFF,
    );
  return start;
};

/** An entry's bytes in turn, unpacked, with its size and checksum verified where it was packed. */
export async function* unpacked(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { name, size, packed, method } = entry;
  const start = await startOf(source, entry);
  if (method !== 8)
    throw fault(
      source.name,
      entry.local,
      `expected "${name}" stored or deflated, got compression method ${method}`,
    );
  const out: Uint8Array[] = [];
  let [total, sum] = [0, 0];
  const inflate = new Inflate((part) => out.push(part));
  for (let at = 0; at < packed; at += STEP) {
    try {
      inflate.push(await source.read(start + at, Math.min(STEP, packed - at)), at + STEP >= packed);
    } catch (error) {
      throw fault(
        source.name,
        start + at,
        `expected deflated bytes of "${name}", got others: ${(error as Error).message}`,
        DAMAGED,
      );
    }
    for (const part of out.splice(0)) {
      total += part.length;
      if (total > size) break;
      sum = crc32(part, sum);
      yield part;
    }
    if (total > size)
      throw fault(source.name, start, `expected ${size} bytes of "${name}" when unpacked, got more`, DAMAGED);
  }
  if (total !== size)
    throw fault(
      source.name,
      start,
      `expected ${size} bytes of "${name}" when unpacked, got ${total}`,
      DAMAGED,
    );
  if (sum !== entry.crc)
    throw fault(source.name, start, `expected "${name}" with its checksum, got another`, DAMAGED);
}

/** Of each zip file, the packed entry that was read last. */
const held = new WeakMap<ByteSource, { entry: ZipEntry; bytes: Promise<Uint8Array> }>();

const allOf = (source: ByteSource, entry: ZipEntry): Promise<Uint8Array> => {
  const last = held.get(source);
  if (last?.entry === entry) return last.bytes;
  const bytes = inflated(source, entry);
  held.set(source, { entry, bytes });
  return bytes;
};

const inflated = async (source: ByteSource, entry: ZipEntry): Promise<Uint8Array> => {
  const bytes = new Uint8Array(entry.size);
  let at = 0;
  for await (const part of unpacked(source, entry)) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** An entry as a file: a part of the zip file where it is stored, else unpacked into memory when it is read. */
export const entrySource = async (source: ByteSource, entry: ZipEntry): Promise<ByteSource> => {
  const name = `${source.name}, ${entry.name}`;
  if (entry.method === 0) return sliceSource(source, await startOf(source, entry), entry.size, name);
  if (entry.size > HELD) {
    throw fault(
      source.name,
      `"${entry.name}"`,
      `expected at most ${HELD} bytes when unpacked, got ${entry.size}`,
      "Save it uncompressed: then it is read in parts.",
    );
  }
  return {
    name,
    size: entry.size,
    read: async (start, length) => (await allOf(source, entry)).subarray(start, start + length),
    sibling: (other) => source.sibling(other),
    within: null,
  };
};

/** The checksum that covers a stored entry, and the two places that hold it. */
export const checksumOf = async (source: ByteSource, entry: ZipEntry): Promise<Place["checksum"]> => ({
  offset: await startOf(source, entry),
  length: entry.size,
  at: [entry.local + 14, entry.crcAt],
});
