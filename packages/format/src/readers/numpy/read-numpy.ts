import type { ByteSource } from "../byte-source.ts";
import { decode, type Values } from "../decode.ts";
import { DAMAGED, fault } from "../fault.ts";
import { naturalOrder } from "../natural-order.ts";
import { givenTensor, type Stored, storedTensor } from "../stored-tensor.ts";
import { STORED_BYTES } from "../stored-type.ts";
import type { FileContent, StoredTensor } from "../weight-file.ts";
import type { ZipDirectory, ZipEntry } from "../zip/directory.ts";
import { checksumOf, entrySource, unpacked } from "../zip/entry.ts";
import { columnMajor, type NpyHeader, npyHeader } from "./npy.ts";

/** An array file: one tensor, named as the file. */
export const readNpy = async (source: ByteSource): Promise<FileContent> => {
  const header = await npyHeader(source);
  if (header === null) throw fault(source.name, 0, "expected an array of numbers, got texts or dates");
  const name = source.name.replace(/^.*[\\/]/, "").replace(/\.npy$/i, "");
  return { tensors: [arrayOf(source, name, header)], notes: notesOf([header]), axes: null, ordered: false };
};

const arrayOf = (
  source: ByteSource,
  name: string,
  { dtype, type, bigEndian, shape, columnMajor: turned, start }: NpyHeader,
  checksum: Stored["checksum"] = null,
): StoredTensor =>
  storedTensor({
    ...{ name, shape, dtype, type, source, bigEndian, checksum, offset: start },
    strides: turned ? columnMajor(shape) : undefined,
  });

const notesOf = (headers: readonly NpyHeader[]): string[] =>
  headers.some(({ dtype }) => /V2$/.test(dtype))
    ? ["Values of two raw bytes (V2) are taken as bfloat16, as ml_dtypes saves them."]
    : [];

/** Several arrays in a zip file, packed (`savez_compressed`) or not. */
export const readNpz = async (source: ByteSource, directory: ZipDirectory): Promise<FileContent> => {
  const entries = [...directory.values()].filter(({ name }) => name.endsWith(".npy"));
  const tensors: StoredTensor[] = [];
  const headers: NpyHeader[] = [];
  const left: string[] = [];
  for (const entry of entries) {
    const name = entry.name.slice(0, -4);
    const part = entry.method === 0 ? await entrySource(source, entry) : await beginning(source, entry);
    const header = await npyHeader(part);
    if (header === null) {
      left.push(name);
      continue;
    }
    headers.push(header);
    if (entry.method === 0) tensors.push(arrayOf(part, name, header, await checksumOf(source, entry)));
    else tensors.push(packedArray(source, entry, name, header));
  }
  const notes = left.length === 0 ? [] : [`Arrays that hold no numbers are left out: ${left.join(", ")}.`];
  return {
    tensors: tensors.sort((a, b) => naturalOrder(a.name, b.name)),
    notes: [...notes, ...notesOf(headers)],
    axes: null,
    ordered: false,
  };
};

/** Enough of a packed array to hold its header. */
const HEAD = 2 ** 14;

const beginning = async (source: ByteSource, entry: ZipEntry): Promise<ByteSource> => {
  for await (const part of unpacked(source, entry)) {
    const bytes = part.slice(0, HEAD);
    return {
      name: `${source.name}, ${entry.name}`,
      size: bytes.length,
      read: async (at, length) => bytes.subarray(at, at + length),
      sibling: async () => null,
      within: null,
    };
  }
  throw fault(source.name, `"${entry.name}"`, "expected an array, got an empty file", DAMAGED);
};

const packedArray = (source: ByteSource, entry: ZipEntry, name: string, header: NpyHeader): StoredTensor => {
  const { shape, dtype, type, start, bigEndian } = header;
  const file = source.name;
  const tensor = givenTensor({ file, name, shape, dtype, type }, () =>
    header.columnMajor && shape.length > 1 ? turned() : streamed(),
  );
  const bytes = tensor.count * STORED_BYTES[type];
  if (start + bytes > entry.size) {
    throw fault(
      file,
      `"${entry.name}"`,
      `expected ${bytes} bytes for ${dtype} [${shape}], got ${entry.size - start}`,
      DAMAGED,
    );
  }
  async function* turned(): AsyncGenerator<Values> {
    yield* arrayOf(await entrySource(source, entry), name, header).values();
  }
  async function* streamed(): AsyncGenerator<Values> {
    let [skip, left] = [start, bytes];
    let rest: Uint8Array = new Uint8Array(0);
    for await (const part of unpacked(source, entry)) {
      const fresh = part.subarray(Math.min(skip, part.length));
      skip -= part.length - fresh.length;
      const joined = new Uint8Array(rest.length + fresh.length);
      joined.set(rest);
      joined.set(fresh, rest.length);
      const whole = Math.min(left, joined.length - (joined.length % STORED_BYTES[type]));
      if (whole > 0) yield decode(type, joined.slice(0, whole), bigEndian);
      left -= whole;
      rest = left > 0 ? joined.subarray(whole) : new Uint8Array(0);
    }
  }
  return tensor;
};
