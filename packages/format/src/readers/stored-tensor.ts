import type { ByteSource } from "./byte-source.ts";
import { decode, type Values } from "./decode.ts";
import { CUT_OFF, fault } from "./fault.ts";
import { isComplex, STORED_BYTES, type StoredType } from "./stored-type.ts";
import { contiguous, rowMajor, strided } from "./strided.ts";
import type { Place, StoredTensor } from "./weight-file.ts";

/** Bytes that are read at once. Two such parts are held: one that is looked at, and the next. */
const PART = 2 ** 22;
/** Bytes that are handed out at once: decoded and looked at, they stay in a core's cache. */
const SLICE = 2 ** 18;

/** Axes of a tensor: more than any library makes. */
const AXES = 64;

export interface Stored {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly type: StoredType;
  readonly source: ByteSource;
  readonly offset: number;
  /** In values; absent: row-major. */
  readonly strides?: readonly number[] | undefined;
  readonly bigEndian?: boolean;
  readonly sharesWith?: string | null;
  readonly checksum?: Place["checksum"];
}

/** Values of a shape; a shape that is none, or has more than 2⁵³ values, is refused. */
export const countOf = (file: string, name: string, shape: readonly number[]): number => {
  const count = shape.reduce((product, axis) => product * axis, 1);
  const sound = shape.length <= AXES && shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0);
  if (sound && Number.isSafeInteger(count * 16)) return count;
  throw fault(
    file,
    `"${name}"`,
    `expected a shape of at most ${AXES} axes whose values can be counted, got [${shape.slice(0, 8)}]`,
  );
};

/** A tensor whose values lie uncompressed in a file; bytes outside the file are refused. */
export const storedTensor = (stored: Stored): StoredTensor => {
  const { name, shape, dtype, type, source, offset, bigEndian = false, sharesWith = null } = stored;
  const count = countOf(source.name, name, shape);
  const size = STORED_BYTES[type];
  const strides = stored.strides ?? rowMajor(shape);
  const plain = count <= 1 || contiguous(shape, strides);
  const last = count === 0 ? 0 : shape.reduce((end, axis, i) => end + (axis - 1) * strides[i]!, 0) + 1;
  if (!(Number.isSafeInteger(offset) && offset >= 0 && offset + last * size <= source.size)) {
    throw fault(
      source.name,
      `"${name}"`,
      `expected ${last * size} bytes from byte ${offset} on for ${dtype} [${shape}], got ${Math.max(0, source.size - offset)}`,
      CUT_OFF,
    );
  }
  const columnMajor = !plain && contiguous([...shape].reverse(), [...strides].reverse());
  return {
    name,
    shape,
    dtype,
    type,
    count,
    sharesWith,
    place:
      plain || columnMajor
        ? placeOf(source, offset, count * size, { bigEndian, columnMajor }, stored.checksum ?? null)
        : null,
    values: () =>
      plain
        ? parts(source, offset, count * size, type, bigEndian)
        : strided({ source, offset, type, bigEndian, shape, strides }),
  };
};

const placeOf = (
  source: ByteSource,
  offset: number,
  length: number,
  order: { bigEndian: boolean; columnMajor: boolean },
  checksum: Place["checksum"],
): Place | null => {
  let [file, at] = [source, offset];
  for (; file.within !== undefined; file = file.within.source) {
    if (file.within === null) return null;
    at += file.within.start;
  }
  return { file, offset: at, length, ...order, checksum };
};

/** Contiguous values in parts; while one is looked at, the next is read, into the buffer of the one before. */
async function* parts(
  source: ByteSource,
  offset: number,
  length: number,
  type: StoredType,
  bigEndian: boolean,
): AsyncGenerator<Values> {
  const buffers = [0, 1].map(() => new Uint8Array(Math.min(PART, length)));
  const out = new Float32Array(Math.min(SLICE, length) / STORED_BYTES[type]);
  const read = (at: number): Promise<Uint8Array> => {
    const part = source.read(offset + at, Math.min(PART, length - at), buffers[(at / PART) % 2]!);
    part.catch(() => {});
    return part;
  };
  let next = length > 0 ? read(0) : null;
  for (let at = PART; next !== null; at += PART) {
    const bytes: Uint8Array = await next;
    next = at < length ? read(at) : null;
    for (let from = 0; from < bytes.length; from += SLICE) {
      yield decode(type, bytes.subarray(from, from + SLICE), bigEndian, out);
    }
  }
}

/** A tensor whose values are at hand. */
export const givenTensor = (
  given: Pick<Stored, "name" | "shape" | "dtype" | "type"> & { file: string },
  values: () => AsyncIterable<Values>,
): StoredTensor => ({
  name: given.name,
  shape: given.shape,
  dtype: given.dtype,
  type: given.type,
  count: countOf(given.file, given.name, given.shape),
  values,
  place: null,
  sharesWith: null,
});

/** Numbers per value: two of a complex one. */
export const numbersOf = (type: StoredType): number => (isComplex(type) ? 2 : 1);
