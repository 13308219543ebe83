import type { ByteSource } from "../byte-source.ts";
import { Cursor } from "../cursor.ts";
import { DAMAGED, fault } from "../fault.ts";
import type { StoredType } from "../stored-type.ts";
import { rowMajor } from "../strided.ts";

/** NumPy's codes of types, without the order of bytes. `V2` is what it calls bfloat16, which it lacks. */
export const NUMPY_TYPES: Readonly<Record<string, StoredType>> = {
  f8: "float64",
  f4: "float32",
  f2: "float16",
  V2: "bfloat16",
  bfloat16: "bfloat16",
  float8_e4m3fn: "float8_e4m3fn",
  float8_e5m2: "float8_e5m2",
  i8: "int64",
  i4: "int32",
  i2: "int16",
  i1: "int8",
  u8: "uint64",
  u4: "uint32",
  u2: "uint16",
  u1: "uint8",
  b1: "bool",
  c8: "complex64",
  c16: "complex128",
};

/** Bytes of a header: NumPy itself warns from 10,000 on. */
const MOST = 2 ** 20;

export interface NpyHeader {
  readonly dtype: string;
  readonly type: StoredType;
  readonly bigEndian: boolean;
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  /** Where the values begin. */
  readonly start: number;
}

/** What a file in NumPy's format says before its values; `null` where they are texts or dates. */
export const npyHeader = async (source: ByteSource): Promise<NpyHeader | null> => {
  const file = source.name;
  const head = new Cursor(file, await source.read(0, Math.min(12, source.size)), "a .npy file's beginning");
  const magic = head.take(6);
  if (magic[0] !== 0x93 || new TextDecoder().decode(magic.subarray(1)) !== "NUMPY") {
    throw fault(file, 0, "expected a file in NumPy's format (.npy)");
  }
  const [version] = [head.u8(), head.u8()];
  if (version < 1 || version > 3)
    throw fault(file, 6, `expected version 1, 2 or 3 of the .npy format, got ${version}`);
  const length = version === 1 ? head.u16() : head.u32();
  if (length > MOST)
    throw fault(file, 8, `expected a header of at most ${MOST} bytes, got ${length}`, DAMAGED);
  if (head.at + length > source.size)
    throw fault(file, head.at, `expected a header of ${length} bytes, got ${source.size - head.at}`, DAMAGED);
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(await source.read(head.at, length));
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const dtype = /'descr':\s*'([^']{1,40})'/.exec(text)?.[1];
  if (dtype === undefined && /'descr':\s*\[/.test(text))
    throw fault(file, head.at, "expected an array of numbers, got records of several fields");
  if (shape === undefined || order === undefined || dtype === undefined) {
    throw fault(file, head.at, "expected a header with descr, fortran_order and shape", DAMAGED);
  }
  if (/^\|?O/.test(dtype)) {
    throw fault(
      file,
      head.at,
      "expected an array of numbers, got Python objects in a pickle, which is not run",
      "Save plain arrays of numbers.",
    );
  }
  const code = dtype.replace(/^[<>=|]/, "");
  if (/^[SUMma]/.test(code)) return null;
  if (!Object.hasOwn(NUMPY_TYPES, code))
    throw fault(file, head.at, `expected an array of numbers, got type "${dtype}"`);
  return {
    dtype,
    type: NUMPY_TYPES[code]!,
    bigEndian: dtype.startsWith(">"),
    shape: shape
      .split(",")
      .map((axis) => axis.trim().replace(/L$/, ""))
      .filter((axis) => axis !== "")
      .map(Number),
    columnMajor: order === "True",
    start: head.at + length,
  };
};

/** In values, of an array in which the first axis varies fastest. */
export const columnMajor = (shape: readonly number[]): number[] => rowMajor([...shape].reverse()).reverse();
