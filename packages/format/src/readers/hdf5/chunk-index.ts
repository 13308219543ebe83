import type { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

export interface Chunk {
  readonly at: number;
  readonly size: number;
  readonly mask: number;
}

/** Chunks by their number, row-major in the grid. */
export type Chunks = Map<number, Chunk>;

export interface ChunkGrid {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  /** Bytes of a chunk before filters. */
  readonly bytes: number;
  readonly filtered: boolean;
}

const MOST = 2_000_000;

const perAxis = ({ shape, chunk }: ChunkGrid): number[] =>
  shape.map((axis, i) => Math.ceil(axis / chunk[i]!));

export const chunkNumber = (grid: ChunkGrid, index: readonly number[]): number => {
  const counts = perAxis(grid);
  return index.reduce((number, at, i) => number * counts[i]! + at, 0);
};

/** How chunks of the classic format are found: a B-tree by their corners. */
export const classicChunks = async (file: Hdf5File, root: number, grid: ChunkGrid): Promise<Chunks> => {
  const [O, rank] = [file.offsetSize, grid.shape.length];
  const key = 8 + 8 * (rank + 1);
  const chunks: Chunks = new Map();
  const seen = new Set<number>();
  const visit = async (at: number): Promise<void> => {
    const head = await file.at(at, 8 + 2 * O, "a tree of chunks");
    expectSignature(head, "TREE");
    if (seen.has(at) || chunks.size > MOST)
      throw head.fault("expected a tree of chunks without circles", DAMAGED);
    seen.add(at);
    if (head.u8() !== 1) throw head.fault("expected a tree of chunks, got one of names", DAMAGED);
    const [level, count] = [head.u8(), head.u16()];
    const node = await file.at(at + 8 + 2 * O, count * (key + O), "a tree of chunks");
    for (let i = 0; i < count; i++) {
      const [size, mask] = [node.u32(), node.u32()];
      const corner = Array.from({ length: rank }, () => node.uint(8));
      node.skip(8);
      const child = address(node, O);
      if (child === null) throw node.fault("expected a chunk, got none", DAMAGED);
      if (level > 0) await visit(child);
      else if (corner.every((start, axis) => start < grid.shape[axis]! && start % grid.chunk[axis]! === 0)) {
        chunks.set(
          chunkNumber(
            grid,
            corner.map((start, axis) => start / grid.chunk[axis]!),
          ),
          { at: child, size, mask },
        );
      } else throw node.fault("expected a chunk inside its dataset", DAMAGED);
    }
  };
  await visit(root);
  return chunks;
};

/** How chunks of the newer format are found, from where its layout names the kind of index. */
export const modernChunks = async (
  file: Hdf5File,
  data: Cursor,
  flags: number,
  grid: ChunkGrid,
): Promise<Chunks> => {
  const O = file.offsetSize;
  const kind = data.u8();
  const count = perAxis(grid).reduce((product, one) => product * one, 1);
  if (count > MOST) throw data.fault(`expected at most ${MOST} chunks, got ${count}`);
  if (kind === 1) {
    const filtered = (flags & 2) !== 0;
    const size = filtered ? data.uint(file.lengthSize) : grid.bytes;
    const mask = filtered ? data.u32() : 0;
    const at = address(data, O);
    return new Map(at === null ? [] : [[0, { at, size, mask }]]);
  }
  if (kind === 2) {
    const at = address(data, O);
    if (at === null) return new Map();
    return new Map(
      Array.from({ length: count }, (_, i) => [i, { at: at + i * grid.bytes, size: grid.bytes, mask: 0 }]),
    );
  }
  if (kind === 3) {
    data.skip(1);
    const at = address(data, O);
    return at === null ? new Map() : fixedArray(file, at, count, grid);
  }
  throw data.fault(
    `expected a dataset of fixed size, got chunks under ${kind === 4 ? "an extensible array" : `index ${kind}`}`,
    "Save it without unlimited axes (maxshape), or with h5py's default format.",
  );
};

const fixedArray = async (file: Hdf5File, at: number, count: number, grid: ChunkGrid): Promise<Chunks> => {
  const O = file.offsetSize;
  const head = await file.at(at, 12 + file.lengthSize + O, "an array of chunks");
  expectSignature(head, "FAHD");
  head.skip(2);
  const [entry, pageBits] = [head.u8(), head.u8()];
  const entries = head.uint(file.lengthSize);
  const block = address(head, O);
  if (entries !== count || block === null || entry < O || pageBits > 20)
    throw head.fault(`expected an array of ${count} chunks`, DAMAGED);
  const perPage = 2 ** pageBits;
  const paged = count > perPage;
  const pages = paged ? Math.ceil(count / perPage) : 1;
  const prefix = 6 + O + (paged ? Math.ceil(pages / 8) + 4 : 0);
  const body = await file.at(block, prefix + count * entry + (paged ? 4 * pages : 0), "an array of chunks");
  expectSignature(body, "FADB");
  body.at = prefix;
  const chunks: Chunks = new Map();
  for (let i = 0; i < count; i++) {
    if (paged && i > 0 && i % perPage === 0) body.skip(4);
    const chunk = address(body, O);
    const size = grid.filtered ? body.uint(entry - O - 4) : grid.bytes;
    const mask = grid.filtered ? body.u32() : 0;
    if (chunk !== null && (chunk !== 0 || size > 0)) chunks.set(i, { at: chunk, size, mask });
  }
  return chunks;
};
