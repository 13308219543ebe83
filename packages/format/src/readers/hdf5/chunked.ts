import { decode, type Values } from "../decode.ts";
import { STORED_BYTES } from "../stored-type.ts";
import { type Box, blocks } from "../strided.ts";
import { type ChunkGrid, type Chunks, chunkNumber } from "./chunk-index.ts";
import type { Datatype } from "./datatype.ts";
import { type filters, unfiltered } from "./filters.ts";
import type { Hdf5File } from "./pages.ts";

/** Bytes of unpacked chunks that are kept while the blocks that they touch are filled. */
const KEPT = 2 ** 25;

interface Chunked {
  readonly file: Hdf5File;
  readonly name: string;
  readonly type: Datatype;
  readonly grid: ChunkGrid;
  readonly chunks: Chunks;
  readonly chain: ReturnType<typeof filters>;
}

/** Values of a dataset in chunks, row-major; chunks that were never written are zero. */
export async function* chunked({ file, name, type, grid, chunks, chain }: Chunked): AsyncGenerator<Values> {
  const stored = type.type!;
  const each = stored.startsWith("complex") ? 2 : 1;
  const wide = decode(stored, new Uint8Array(0)) instanceof Float64Array;
  const kept = new Map<number, Values>();
  const valuesOf = async (number: number): Promise<Values | null> => {
    const before = kept.get(number);
    const chunk = chunks.get(number);
    if (before !== undefined || chunk === undefined) return before ?? null;
    const where = await file.at(chunk.at, chunk.size, `a chunk of "${name}"`);
    const values = decode(
      stored,
      unfiltered(chain, chunk.mask, where.bytes, grid.bytes, where),
      type.bigEndian,
    );
    kept.set(number, values);
    while (
      kept.size > 1 &&
      kept.size * grid.bytes * (wide ? 8 / STORED_BYTES[stored] : 4 / STORED_BYTES[stored]) > KEPT
    ) {
      kept.delete(kept.keys().next().value!);
    }
    return values;
  };
  for (const block of blocks({ from: grid.shape.map(() => 0), axes: grid.shape })) {
    const out = new (wide ? Float64Array : Float32Array)(
      block.axes.reduce((product, axis) => product * axis, 1) * each,
    );
    for (const index of touched(block, grid)) {
      const values = await valuesOf(chunkNumber(grid, index));
      if (values !== null) copyOverlap(block, grid, index, values, out, each);
    }
    yield out;
  }
}

/** Chunks that a block overlaps. */
function* touched({ from, axes }: Box, { chunk }: ChunkGrid): Generator<number[]> {
  const first = from.map((start, i) => Math.floor(start / chunk[i]!));
  const last = from.map((start, i) => Math.floor((start + axes[i]! - 1) / chunk[i]!));
  const index = [...first];
  for (;;) {
    yield [...index];
    let axis = index.length - 1;
    while (axis >= 0 && index[axis] === last[axis]) index[axis] = first[axis--]!;
    if (axis < 0) return;
    index[axis]!++;
  }
}

const copyOverlap = (
  block: Box,
  { chunk }: ChunkGrid,
  index: readonly number[],
  values: Values,
  out: Values,
  each: number,
): void => {
  const rank = chunk.length;
  const copy = (axis: number, read: number, write: number): void => {
    if (axis === rank) {
      for (let k = 0; k < each; k++) out[write * each + k] = values[read * each + k]!;
      return;
    }
    const corner = index[axis]! * chunk[axis]!;
    const from = Math.max(block.from[axis]!, corner);
    const to = Math.min(block.from[axis]! + block.axes[axis]!, corner + chunk[axis]!);
    if (axis === rank - 1) {
      const at = (read * chunk[axis]! + from - corner) * each;
      out.set(
        values.subarray(at, at + (to - from) * each),
        (write * block.axes[axis]! + from - block.from[axis]!) * each,
      );
      return;
    }
    for (let i = from; i < to; i++)
      copy(axis + 1, read * chunk[axis]! + i - corner, write * block.axes[axis]! + i - block.from[axis]!);
  };
  copy(0, 0, 0);
};
