import type { ByteSource } from "./byte-source.ts";
import { Cursor } from "./cursor.ts";
import { CUT_OFF, DAMAGED, fault } from "./fault.ts";
import { storedTensor } from "./stored-tensor.ts";
import type { StoredType } from "./stored-type.ts";
import type { FileContent } from "./weight-file.ts";

const TYPES: Readonly<Record<number, readonly [string, StoredType]>> = {
  0: ["F32", "float32"],
  1: ["F16", "float16"],
  24: ["I8", "int8"],
  25: ["I16", "int16"],
  26: ["I32", "int32"],
  27: ["I64", "int64"],
  28: ["F64", "float64"],
  30: ["BF16", "bfloat16"],
};
/** Bytes of metadata's values by their type; 8 is a text, 9 a list. */
const SIZES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const [TEXT, LIST] = [8, 9];
const FIRST = 2 ** 20;
const MOST = 2 ** 27;
const COUNT = 1_000_000;

/** llama.cpp's format: metadata, tensors with their places, values. Quantized tensors are refused by name. */
export const readGguf = async (source: ByteSource): Promise<FileContent> => {
  for (let size = FIRST; ; size *= 8) {
    const bytes = await source.read(0, Math.min(size, source.size, MOST));
    try {
      return parse(source, new Cursor(source.name, bytes, "the header"));
    } catch (error) {
      if (
        !(error instanceof Error) ||
        !error.message.includes(CUT_OFF) ||
        bytes.length >= Math.min(source.size, MOST)
      )
        throw error;
    }
  }
};

const parse = (source: ByteSource, cursor: Cursor): FileContent => {
  cursor.skip(4);
  const version = cursor.u32();
  if (version < 2 || version > 3)
    throw cursor.fault(`expected version 2 or 3 of GGUF, got ${version}`, "Convert the model again.");
  const [tensors, entries] = [cursor.u64(), cursor.u64()];
  if (tensors > COUNT || entries > COUNT)
    throw cursor.fault(
      `expected at most ${COUNT} tensors and entries, got ${tensors} and ${entries}`,
      DAMAGED,
    );
  let alignment = 32;
  for (let i = 0; i < entries; i++) {
    const key = cursor.text(cursor.u64());
    const type = cursor.u32();
    if (key === "general.alignment" && type === 4) {
      alignment = cursor.u32();
      if (alignment < 1 || alignment > 2 ** 20)
        throw cursor.fault(`expected an alignment, got ${alignment}`, DAMAGED);
    } else skipValue(cursor, type, 0);
  }
  const found = Array.from({ length: tensors }, () => {
    const name = cursor.text(cursor.u64());
    const rank = cursor.u32();
    if (rank > 8) throw cursor.fault(`expected at most 8 axes, got ${rank}`, DAMAGED);
    // The first axis varies fastest: the shape is written backwards.
    const shape = Array.from({ length: rank }, () => cursor.u64()).reverse();
    return { name, shape, code: cursor.u32(), offset: cursor.u64() };
  });
  const start = Math.ceil(cursor.at / alignment) * alignment;
  return {
    axes: "out-first",
    ordered: false,
    tensors: found.map(({ name, shape, code, offset }) => {
      if (!Object.hasOwn(TYPES, code))
        throw fault(
          source.name,
          `"${name}"`,
          `is quantized: its type is number ${code} of GGML`,
          "Convert the model to F16, BF16 or F32.",
        );
      const [dtype, type] = TYPES[code]!;
      return storedTensor({ name, shape, dtype, type, source, offset: start + offset });
    }),
  };
};

const skipValue = (cursor: Cursor, type: number, depth: number): void => {
  if (type === TEXT) cursor.skip(cursor.u64());
  else if (type === LIST) {
    const [inner, count] = [cursor.u32(), cursor.u64()];
    if (depth > 8) throw cursor.fault("expected lists at most 8 deep", DAMAGED);
    const size = SIZES[inner];
    if (size !== undefined) cursor.skip(size * count);
    else for (let i = 0; i < count; i++) skipValue(cursor, inner, depth + 1);
  } else if (SIZES[type] !== undefined) cursor.skip(SIZES[type]);
  else throw cursor.fault(`expected a type of metadata, got ${type}`, DAMAGED);
};
