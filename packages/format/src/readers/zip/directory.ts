import type { ByteSource } from "../byte-source.ts";
import { Cursor } from "../cursor.ts";
import { CUT_OFF, DAMAGED, fault } from "../fault.ts";

export interface ZipEntry {
  readonly name: string;
  /** 0 is stored as it is, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly local: number;
  /** Where the directory holds its checksum. */
  readonly crcAt: number;
}

export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
/** Bytes of the record at the end, and of it with the longest comment. */
const END_BYTES = 22;
const TAIL = END_BYTES + 0xffff;
/** Of the directory, and entries in it: ten times what the largest checkpoints have. */
const DIRECTORY = 2 ** 26;
const ENTRIES = 500_000;
/** What packed entries may come to in sum: weights never shrink so far, a few hundred MiB of zeros do. */
const FREE = 2 ** 28;
const TIMES = 20;

/** The files in a zip file, from the directory at its end. */
export const zipDirectory = async (source: ByteSource): Promise<ZipDirectory> => {
  const file = source.name;
  const { count, start, size } = await endOf(source);
  if (start + size > source.size)
    throw fault(
      file,
      start,
      `expected the zip directory of ${size} bytes within the file of ${source.size}`,
      CUT_OFF,
    );
  if (size > DIRECTORY || count > ENTRIES) {
    throw fault(
      file,
      start,
      `expected a zip directory of at most ${ENTRIES} files and ${DIRECTORY} bytes, got ${count} files, ${size} bytes`,
    );
  }
  const cursor = new Cursor(file, await source.read(start, size), "the zip directory", start);
  const entries = new Map<string, ZipEntry>();
  let unpacked = 0;
  for (let i = 0; i < count; i++) {
    const entry = centralEntry(cursor);
    if (entries.has(entry.name))
      throw cursor.fault(`expected one "${entry.name}" in the zip file, got two`, DAMAGED);
    if (entry.method === 0 && entry.packed !== entry.size)
      throw cursor.fault(
        `expected "${entry.name}" stored with one size, got ${entry.packed} and ${entry.size} bytes`,
        DAMAGED,
      );
    if (entry.local + entry.packed > source.size) {
      throw cursor.fault(
        `expected "${entry.name}" within the file of ${source.size} bytes, got ${entry.packed} bytes from ${entry.local} on`,
        CUT_OFF,
      );
    }
    if (entry.method !== 0) unpacked += entry.size;
    entries.set(entry.name, entry);
  }
  const most = FREE + TIMES * source.size;
  if (unpacked > most) {
    throw fault(
      file,
      start,
      `expected at most ${most} bytes when unpacked, got ${unpacked} from ${source.size}`,
      "Weights do not shrink so far: this may be a zip bomb. Save them uncompressed.",
    );
  }
  return entries;
};

const endOf = async (source: ByteSource): Promise<{ count: number; start: number; size: number }> => {
  const from = Math.max(0, source.size - TAIL);
  const tail = await source.read(from, source.size - from);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let at = tail.length - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0)
    throw fault(source.name, source.size, "expected the end of a zip file, its directory of files", CUT_OFF);
  const cursor = new Cursor(source.name, tail, "the zip file's end", from);
  cursor.at = at + 10;
  const [count, size, start] = [cursor.u16(), cursor.u32(), cursor.u32()];
  if (count !== 0xffff && size !== 0xffffffff && start !== 0xffffffff) return { count, start, size };
  if (at < 20 || view.getUint32(at - 20, true) !== LOCATOR_64) return { count, start, size };
  cursor.at = at - 12;
  const end = cursor.u64();
  if (end + 56 > source.size)
    throw fault(source.name, end, "expected the zip64 end of the directory", CUT_OFF);
  const wide = new Cursor(source.name, await source.read(end, 56), "the zip64 end", end);
  if (wide.u32() !== END_64) throw wide.fault("expected the zip64 end of the directory", DAMAGED);
  wide.at = 32;
  return { count: wide.u64(), size: wide.u64(), start: wide.u64() };
};

const centralEntry = (cursor: Cursor): ZipEntry => {
  const begin = cursor.at;
  if (cursor.u32() !== CENTRAL)
    throw cursor.fault("expected the entry of a file in the zip directory", DAMAGED);
  cursor.at = begin + 8;
  const [flags, method] = [cursor.u16(), cursor.u16()];
  cursor.skip(4);
  const crc = cursor.u32();
  let [packed, size] = [cursor.u32(), cursor.u32()];
  const [nameLength, extraLength, commentLength] = [cursor.u16(), cursor.u16(), cursor.u16()];
  cursor.skip(8);
  let local = cursor.u32();
  const name = cursor.text(nameLength);
  const extra = new Cursor(cursor.file, cursor.take(extraLength), "a zip entry", cursor.base + cursor.at);
  cursor.skip(commentLength);
  while (extra.left >= 4) {
    const [kind, length] = [extra.u16(), extra.u16()];
    const next = extra.at + length;
    if (kind === 1) {
      if (size === 0xffffffff) size = extra.u64();
      if (packed === 0xffffffff) packed = extra.u64();
      if (local === 0xffffffff) local = extra.u64();
    }
    if (next > extra.bytes.length) break;
    extra.at = next;
  }
  if ((flags & 1) !== 0) throw cursor.fault(`expected files without a password, got "${name}" encrypted`);
  return { name, method, crc, packed, size, local, crcAt: cursor.base + begin + 16 };
};
