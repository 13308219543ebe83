import type { Cursor } from "../cursor.ts";
import type { StoredType } from "../stored-type.ts";

/** What one value of a dataset or attribute is. */
export interface Datatype {
  readonly kind: "number" | "string" | "variable" | "other";
  /** Bytes. */
  readonly size: number;
  readonly type: StoredType | null;
  readonly bigEndian: boolean;
  /** As messages name it: `float of 2 bytes`. */
  readonly words: string;
}

const CLASSES = [
  "integer",
  "float",
  "time",
  "string",
  "bit field",
  "opaque",
  "compound",
  "reference",
  "enumeration",
  "variable length",
  "array",
];

export const datatype = (cursor: Cursor): Datatype => {
  const [first, bits] = [cursor.u8(), cursor.uint(3)];
  const size = cursor.u32();
  const kind = first & 15;
  const words = `${CLASSES[kind] ?? `class ${kind}`} of ${size} bytes`;
  const base = { size, words, bigEndian: (bits & 1) !== 0 };
  const number = (type: StoredType | null): Datatype => ({
    ...base,
    type,
    kind: type === null ? "other" : "number",
  });
  if (kind === 0) return number(INTEGERS[`${(bits & 8) !== 0 ? "int" : "uint"}${8 * size}`] ?? null);
  if (kind === 1) return number(floatOf(cursor, size));
  if (kind === 3) return { ...base, kind: "string", type: null };
  // h5py keeps bfloat16, of which HDF5 knows nothing, as two raw bytes.
  if (kind === 5) return number(size === 2 ? "bfloat16" : null);
  if (kind === 6) return number(complexOf(cursor, bits, size));
  if (kind === 8) {
    const inner = datatype(cursor);
    return { ...inner, words, type: inner.size === 1 ? "bool" : inner.type };
  }
  if (kind === 9) return { ...base, kind: (bits & 15) === 1 ? "variable" : "other", type: null };
  return { ...base, kind: "other", type: null };
};

const INTEGERS: Readonly<Record<string, StoredType>> = {
  int8: "int8",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  uint64: "uint64",
};

/** By the bits of exponent and mantissa. */
const FLOATS: Readonly<Record<string, StoredType>> = {
  "8 11 52": "float64",
  "4 8 23": "float32",
  "2 5 10": "float16",
  "2 8 7": "bfloat16",
  "1 4 3": "float8_e4m3fn",
  "1 5 2": "float8_e5m2",
};

const floatOf = (cursor: Cursor, size: number): StoredType | null => {
  cursor.skip(5);
  const exponent = cursor.u8();
  cursor.skip(1);
  const mantissa = cursor.u8();
  cursor.skip(4);
  return FLOATS[`${size} ${exponent} ${mantissa}`] ?? null;
};

/** h5py keeps complex numbers as a pair named r and i. */
const complexOf = (cursor: Cursor, bits: number, size: number): StoredType | null =>
  (bits & 0xffff) === 2 && cursor.left > 2 && cursor.text(2) === "r\0"
    ? size === 8
      ? "complex64"
      : size === 16
        ? "complex128"
        : null
    : null;

/** Lengths of the axes; `[]` of one value, `null` of none. */
export const dataspace = (cursor: Cursor, lengthSize: number): number[] | null => {
  const [version, rank, flags] = [cursor.u8(), cursor.u8(), cursor.u8()];
  if (version === 1) cursor.skip(5);
  else if (version === 2) {
    if (cursor.u8() === 2) return null;
  } else throw cursor.fault(`expected a dataspace of version 1 or 2, got ${version}`);
  void flags;
  return Array.from({ length: rank }, () => cursor.uint(lengthSize));
};
