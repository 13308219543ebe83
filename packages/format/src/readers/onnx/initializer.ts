import { type ByteSource, beside } from "../byte-source.ts";
import { decode, type Values } from "../decode.ts";
import { DAMAGED, fault } from "../fault.ts";
import { countOf, givenTensor, storedTensor } from "../stored-tensor.ts";
import { STORED_BYTES, type StoredType } from "../stored-type.ts";
import type { StoredTensor } from "../weight-file.ts";
import { type Field, varint, type Wire } from "./wire.ts";

/** ONNX' numbers of types, and their names. */
const TYPES: Readonly<Record<number, readonly [string, StoredType | null]>> = {
  1: ["FLOAT", "float32"],
  2: ["UINT8", "uint8"],
  3: ["INT8", "int8"],
  4: ["UINT16", "uint16"],
  5: ["INT16", "int16"],
  6: ["INT32", "int32"],
  7: ["INT64", "int64"],
  8: ["STRING", null],
  9: ["BOOL", "bool"],
  10: ["FLOAT16", "float16"],
  11: ["DOUBLE", "float64"],
  12: ["UINT32", "uint32"],
  13: ["UINT64", "uint64"],
  14: ["COMPLEX64", "complex64"],
  15: ["COMPLEX128", "complex128"],
  16: ["BFLOAT16", "bfloat16"],
  17: ["FLOAT8E4M3FN", "float8_e4m3fn"],
  18: ["FLOAT8E4M3FNUZ", "float8_e4m3fnuz"],
  19: ["FLOAT8E5M2", "float8_e5m2"],
  20: ["FLOAT8E5M2FNUZ", "float8_e5m2fnuz"],
  21: ["UINT4", null],
  22: ["INT4", null],
  23: ["FLOAT4E2M1", null],
  24: ["FLOAT8E8M0", "float8_e8m0fnu"],
};
const STRING = 8;

/** Bytes of values that are written as numbers of their own. */
const MOST = 2 ** 27;

/** Fields of a TensorProto. */
const [DIMS, TYPE, FLOATS, INTS, LONGS, NAME, RAW, DOUBLES, UNSIGNED, EXTERNAL, LOCATION] = [
  1, 2, 4, 5, 7, 8, 9, 10, 11, 13, 14,
];

/** A tensor of an ONNX file; `null` where it holds texts. */
export const initializer = async (
  source: ByteSource,
  wire: Wire,
  message: Field,
  given?: string,
): Promise<StoredTensor | null> => {
  const shape: number[] = [];
  let [type, name, external] = [0, given ?? "", false];
  let raw: Field | null = null;
  const typed: Field[] = [];
  const entries = new Map<string, string>();
  for await (const field of wire.fields(message.start, message.start + message.length)) {
    if (field.number === DIMS && field.wire === 0) shape.push(field.value);
    else if (field.number === DIMS)
      shape.push(...numbersIn(source.name, await wire.bytes(field, 1000), field));
    else if (field.number === TYPE) type = field.value;
    else if (field.number === NAME && given === undefined) name = await wire.text(field);
    else if (field.number === RAW) raw = field;
    else if (field.number === LOCATION) external = field.value === 1;
    else if (field.number === EXTERNAL) await entryOf(wire, field, entries);
    else if ([FLOATS, INTS, LONGS, DOUBLES, UNSIGNED].includes(field.number)) typed.push(field);
  }
  const [dtype, stored] = TYPES[type] ?? [`type ${type}`, null];
  if (type === STRING) return null;
  if (stored === null) {
    const quantized = type === 21 || type === 22 || type === 23;
    throw fault(
      source.name,
      `"${name}"`,
      quantized ? `is quantized: its type is ${dtype}` : `expected a type that ONNX has, got ${dtype}`,
      quantized ? "Check the weights before they are quantized." : DAMAGED,
    );
  }
  const count = countOf(source.name, name, shape);
  const base = { name, shape, dtype, type: stored };
  const bytes = count * STORED_BYTES[stored];
  if (external) return inOtherFile(source, base, entries, bytes);
  const only =
    typed.length === 1 &&
    typed[0]!.wire === 2 &&
    (typed[0]!.number === FLOATS || typed[0]!.number === DOUBLES)
      ? typed[0]!
      : null;
  const whole = raw ?? only;
  if (whole !== null) {
    if (whole.length !== bytes)
      throw fault(
        source.name,
        `"${name}"`,
        `expected ${bytes} bytes for ${dtype} [${shape}], got ${whole.length}`,
        DAMAGED,
      );
    return storedTensor({ ...base, source, offset: whole.start });
  }
  const values = await typedValues(source.name, wire, typed, stored, count, name);
  return givenTensor({ ...base, file: source.name }, async function* (): AsyncGenerator<Values> {
    if (values.length > 0) yield decode(stored, values);
  });
};

const entryOf = async (wire: Wire, message: Field, entries: Map<string, string>): Promise<void> => {
  let [key, value] = ["", ""];
  for await (const field of wire.fields(message.start, message.start + message.length)) {
    if (field.number === 1) key = await wire.text(field);
    if (field.number === 2) value = await wire.text(field);
  }
  entries.set(key, value);
};

const inOtherFile = async (
  source: ByteSource,
  base: Pick<StoredTensor, "name" | "shape" | "dtype" | "type">,
  entries: ReadonlyMap<string, string>,
  bytes: number,
): Promise<StoredTensor> => {
  const [location, offset, length] = [
    entries.get("location") ?? "",
    Number(entries.get("offset") ?? 0),
    Number(entries.get("length") ?? bytes),
  ];
  const file = await beside(source, location, `the values of "${base.name}"`);
  if (length !== bytes || !Number.isSafeInteger(offset)) {
    throw fault(
      source.name,
      `"${base.name}"`,
      `expected ${bytes} bytes in ${location}, got a length of ${length}, from byte ${offset} on`,
      DAMAGED,
    );
  }
  return storedTensor({ ...base, source: file, offset });
};

/** Whole numbers one after another. */
export const numbersIn = (file: string, bytes: Uint8Array, { start }: Field): number[] => {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = varint(file, bytes, at, start + at);
    found.push(value);
    at = end;
  }
  return found;
};

/** Values that are written as numbers of protobuf: small types as integers, halves by their bits. */
const typedValues = async (
  file: string,
  wire: Wire,
  fields: readonly Field[],
  type: StoredType,
  count: number,
  name: string,
): Promise<Uint8Array> => {
  const size = STORED_BYTES[type];
  if (count * size > MOST)
    throw fault(
      file,
      `"${name}"`,
      `expected at most ${MOST} bytes as separate numbers, got ${count * size}`,
      "Save the values as raw data.",
    );
  const out = new Uint8Array(count * size);
  let at = 0;
  const push = (bytes: Uint8Array): void => {
    if (at + bytes.length > out.length)
      throw fault(file, `"${name}"`, `expected ${count} values, got more`, DAMAGED);
    out.set(bytes, at);
    at += bytes.length;
  };
  const word = new Uint8Array(8);
  const view = new DataView(word.buffer);
  for (const field of fields) {
    if (field.number === FLOATS || field.number === DOUBLES) {
      push(await wire.bytes(field, MOST));
      continue;
    }
    const numbers = field.wire === 0 ? [field.value] : numbersIn(file, await wire.bytes(field, MOST), field);
    for (const number of numbers) {
      view.setBigInt64(0, BigInt(number), true);
      push(word.subarray(0, size));
    }
  }
  if (at !== out.length)
    throw fault(
      file,
      `"${name}"`,
      `expected ${count} values for its shape, got ${Math.floor(at / size)}`,
      DAMAGED,
    );
  return out;
};
