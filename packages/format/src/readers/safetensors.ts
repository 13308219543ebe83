import type { ByteSource } from "./byte-source.ts";
import { CUT_OFF, DAMAGED, fault } from "./fault.ts";
import { jsonOf, recordOf } from "./json.ts";
import { naturalOrder } from "./natural-order.ts";
import { countOf, storedTensor } from "./stored-tensor.ts";
import { STORED_BYTES, type StoredType } from "./stored-type.ts";
import type { FileContent, StoredTensor } from "./weight-file.ts";

/** Bytes of the header: the format's own limit. */
const MOST = 100_000_000;

export const SAFETENSORS_TYPES: Readonly<Record<string, StoredType>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  F8_E4M3: "float8_e4m3fn",
  F8_E4M3FNUZ: "float8_e4m3fnuz",
  F8_E5M2: "float8_e5m2",
  F8_E5M2FNUZ: "float8_e5m2fnuz",
  F8_E8M0: "float8_e8m0fnu",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
  C64: "complex64",
};

/** Hugging Face's format: a JSON header of offsets, then the values, without overlap or hole. */
export const readSafetensors = async (source: ByteSource): Promise<FileContent> => {
  const { name: file } = source;
  if (source.size < 8)
    throw fault(file, 0, `expected 8 bytes with the header's length, got ${source.size}`, CUT_OFF);
  const length = new DataView((await source.read(0, 8)).slice().buffer).getBigUint64(0, true);
  if (length > BigInt(MOST)) {
    throw fault(
      file,
      0,
      `expected a header of at most ${MOST} bytes, got one of ${length}`,
      "This is not a safetensors file, or it is damaged.",
    );
  }
  const start = 8 + Number(length);
  if (start > source.size) {
    throw fault(file, 8, `expected a header of ${length} bytes, got ${source.size - 8}`, CUT_OFF);
  }
  const header = recordOf(
    file,
    "its header",
    jsonOf(file, "its header", await source.read(8, Number(length))),
  );
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, said]) => entryOf(source, start, name, said));
  checkCover(file, start, source.size - start, entries);
  const tensors = entries
    .sort((a, b) => naturalOrder(a.name, b.name))
    .map(({ name, shape, dtype, type, from }) =>
      storedTensor({ name, shape, dtype, type, source, offset: start + from }),
    );
  return { tensors, axes: axesOf(tensors), ordered: false };
};

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly type: StoredType;
  readonly from: number;
  readonly to: number;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const entryOf = (source: ByteSource, start: number, name: string, said: unknown): Entry => {
  const wrong = (problem: string, fix?: string): Error => fault(source.name, `"${name}"`, problem, fix);
  const { dtype, shape, data_offsets: offsets } = recordOf(source.name, `"${name}" in its header`, said);
  if (typeof dtype !== "string" || !Object.hasOwn(SAFETENSORS_TYPES, dtype)) {
    const packed = typeof dtype === "string" && /^F[46]/.test(dtype);
    throw wrong(
      packed
        ? `is quantized: its type is ${dtype}`
        : `expected a type that safetensors has, as F32, got ${JSON.stringify(dtype)?.slice(0, 50)}`,
      packed ? "Check the weights before they are quantized." : undefined,
    );
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw wrong(
      `expected its shape as a list of counts, got ${JSON.stringify(shape)?.slice(0, 50)}`,
      DAMAGED,
    );
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount) || offsets[0] > offsets[1]) {
    throw wrong(`expected data_offsets [start, end], got ${JSON.stringify(offsets)?.slice(0, 50)}`, DAMAGED);
  }
  const type = SAFETENSORS_TYPES[dtype]!;
  const [from, to] = offsets as [number, number];
  if (start + to > source.size) {
    throw wrong(
      `expected its values up to byte ${start + to} of the file, got a file of ${source.size} bytes`,
      `Its data_offsets are [${offsets}]. ${CUT_OFF}`,
    );
  }
  const needed = countOf(source.name, name, shape) * STORED_BYTES[type];
  if (needed !== to - from) {
    throw wrong(
      `expected ${needed} bytes for ${dtype} [${shape}], got ${to - from}`,
      `Its data_offsets are [${offsets}]; the header is wrong.`,
    );
  }
  return { name, shape, dtype, type, from, to };
};

/** Refuses bytes that two tensors claim, and bytes that none does. */
const checkCover = (file: string, start: number, size: number, entries: readonly Entry[]): void => {
  let [end, before] = [0, ""];
  for (const { name, from, to } of entries.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < end) {
      throw fault(
        file,
        start + from,
        `expected "${name}" after "${before}", which ends at ${end}, got it at ${from}: they overlap`,
        DAMAGED,
      );
    }
    if (from > end) {
      throw fault(
        file,
        start + end,
        `expected a tensor, got ${from - end} bytes that belong to none, before "${name}"`,
        DAMAGED,
      );
    }
    [end, before] = [to, name];
  }
  if (end !== size) {
    throw fault(file, start + end, `expected the end of the file, got ${size - end} bytes more`, DAMAGED);
  }
};

/** Flax saves `kernel`, Keras `kernel:0`, with `[..., in, out]`; PyTorch `weight`. */
const axesOf = (tensors: readonly StoredTensor[]): FileContent["axes"] =>
  tensors.some(({ name }) => /(?:^|[./])kernel(?::0)?$/.test(name)) ? "in-first" : "out-first";
