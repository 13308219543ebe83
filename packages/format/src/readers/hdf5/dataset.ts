import type { Cursor } from "../cursor.ts";
import { decode, type Values } from "../decode.ts";
import { DAMAGED, fault } from "../fault.ts";
import { countOf, givenTensor, storedTensor } from "../stored-tensor.ts";
import { STORED_BYTES } from "../stored-type.ts";
import type { Place, StoredTensor } from "../weight-file.ts";
import { datatypeOf } from "./attributes.ts";
import { type ChunkGrid, type Chunks, classicChunks, modernChunks } from "./chunk-index.ts";
import { chunked } from "./chunked.ts";
import { type Datatype, dataspace } from "./datatype.ts";
import { filters } from "./filters.ts";
import { MESSAGE, type Message } from "./object-header.ts";
import { address, type Hdf5File } from "./pages.ts";

/** Bytes of a chunk, and of values that the file does not hold but only declares. */
const MOST_CHUNK = 2 ** 26;
const FREE = 2 ** 28;
const TIMES = 20;

/** A dataset as a tensor; `null` where it holds no numbers, or none at all. */
export const dataset = async (
  file: Hdf5File,
  name: string,
  messages: readonly Message[],
  checksum: Place["checksum"],
): Promise<StoredTensor | null> => {
  const find = (type: number): Message | undefined => messages.find((message) => message.type === type);
  const [typed, spaced, laid] = [find(MESSAGE.datatype), find(MESSAGE.dataspace), find(MESSAGE.layout)];
  if (typed === undefined || spaced === undefined || laid === undefined) return null;
  const type = await datatypeOf(file, typed.data, (typed.flags & 2) !== 0);
  const shape = dataspace(spaced.data, file.lengthSize);
  if (type === null || shape === null || type.kind === "string" || type.kind === "variable") return null;
  const refuse = (problem: string, fix?: string): Error => fault(file.source.name, `"${name}"`, problem, fix);
  if (type.type === null)
    throw refuse(`expected numbers, got ${type.words}`, "Save the weights as float32, float16 or bfloat16.");
  if (find(MESSAGE.externalFiles) !== undefined)
    throw refuse("expected values in this file, got ones in other files");
  const stored = { name, shape, dtype: dtypeOf(type), type: type.type, file: file.source.name };
  const bytes = countOf(file.source.name, name, shape) * STORED_BYTES[type.type];
  const packed = find(MESSAGE.filters);
  const layout = await layoutOf(
    file,
    laid.data,
    { shape, size: type.size, filtered: packed !== undefined },
    refuse,
  );
  if (layout.at !== undefined && layout.at !== null) {
    const bigEndian = type.bigEndian;
    return storedTensor({
      ...stored,
      bigEndian,
      checksum,
      source: file.source,
      offset: file.base + layout.at,
    });
  }
  if (layout.compact !== undefined) {
    const given = layout.compact;
    if (given.length < bytes) throw refuse(`expected ${bytes} bytes, got ${given.length}`, DAMAGED);
    return givenTensor(stored, async function* (): AsyncGenerator<Values> {
      if (bytes > 0) yield decode(stored.type, given.slice(0, bytes), type.bigEndian);
    });
  }
  if (bytes > FREE + TIMES * file.source.size)
    throw refuse(
      `expected values that the file holds, got ${bytes} bytes declared by one of ${file.source.size}`,
      DAMAGED,
    );
  const { grid, chunks } = layout;
  const chain = packed === undefined ? [] : filters(packed.data);
  return givenTensor(stored, () =>
    chunked({ file, name, type, grid: grid ?? whole(shape, type), chunks: chunks ?? new Map(), chain }),
  );
};

const dtypeOf = ({ type, bigEndian }: Datatype): string =>
  `${bigEndian && STORED_BYTES[type!] > 1 ? ">" : ""}${type}`;

/** Values that were never written: all zero. */
const whole = (shape: readonly number[], type: Datatype): ChunkGrid => ({
  shape,
  chunk: shape.map((axis) => Math.max(1, axis)),
  bytes: type.size,
  filtered: false,
});

interface Layout {
  /** Where contiguous values begin; `null`: never written. */
  readonly at?: number | null;
  readonly compact?: Uint8Array;
  readonly grid?: ChunkGrid;
  readonly chunks?: Chunks;
}

const layoutOf = async (
  file: Hdf5File,
  data: Cursor,
  { shape, size, filtered }: { shape: readonly number[]; size: number; filtered: boolean },
  refuse: (problem: string, fix?: string) => Error,
): Promise<Layout> => {
  const version = data.u8();
  if (version < 3 || version > 4)
    throw refuse(`expected a layout of version 3 or 4, got ${version}`, "Save the file again with h5py.");
  const kind = data.u8();
  if (kind === 0) return { compact: data.take(data.u16()) };
  if (kind === 1) return { at: address(data, file.offsetSize) };
  if (kind !== 2)
    throw refuse(
      kind === 3
        ? "expected values in this file, got a virtual dataset"
        : `expected a layout of kind 0 to 2, got ${kind}`,
    );
  const flags = version === 4 ? data.u8() : 0;
  const rank = data.u8() - 1;
  const each = version === 4 ? data.u8() : 4;
  const root = version === 3 ? address(data, file.offsetSize) : null;
  const chunk = Array.from({ length: rank }, () => data.uint(each));
  data.skip(each);
  const bytes = chunk.reduce((product, axis) => product * axis, 1) * size;
  if (rank !== shape.length || chunk.some((axis) => axis < 1) || !(bytes <= MOST_CHUNK)) {
    throw refuse(
      `expected chunks of as many axes as the dataset and at most ${MOST_CHUNK} bytes, got [${chunk}]`,
    );
  }
  const grid = { shape, chunk, bytes, filtered };
  if (version === 4) return { grid, chunks: await modernChunks(file, data, flags, grid) };
  return { grid, chunks: root === null ? new Map() : await classicChunks(file, root, grid) };
};
