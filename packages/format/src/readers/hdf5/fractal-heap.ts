import { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

/** Objects by identifier, in blocks of doubling size: where groups of many links and attributes keep them. */
export interface FractalHeap {
  get(id: Cursor): Promise<Cursor>;
}

const bytesFor = (value: number): number => Math.ceil(Math.log2(value + 1) / 8);

export const fractalHeap = async (file: Hdf5File, at: number): Promise<FractalHeap> => {
  const { offsetSize: O, lengthSize: L } = file;
  const head = await file.at(at, 22 + 12 * L + 3 * O, "a fractal heap");
  expectSignature(head, "FRHP");
  head.skip(3);
  const filtered = head.u16();
  const flags = head.u8();
  const mostManaged = head.u32();
  head.skip(L + O + L + O + 8 * L);
  const width = head.u16();
  const [start, mostDirect] = [head.uint(L), head.uint(L)];
  const bits = head.u16();
  head.skip(2);
  const root = address(head, O);
  const rows = head.u16();
  if (filtered > 0) throw head.fault("expected a heap that is not compressed");
  const sound =
    width >= 1 &&
    width <= 1024 &&
    start >= 16 &&
    start <= mostDirect &&
    mostDirect <= 2 ** 24 &&
    bits <= 64 &&
    Number.isInteger(Math.log2(start));
  if (!sound || root === null) throw head.fault("expected the sizes of a heap's blocks", DAMAGED);
  const offsetBytes = Math.ceil(bits / 8);
  const lengthBytes = bytesFor(Math.min(mostDirect, mostManaged));
  const checksum = (flags & 2) !== 0 ? 4 : 0;
  const rowSize = (row: number): number => start * 2 ** Math.max(0, row - 1);
  const directRows = Math.log2(mostDirect / start) + 2;

  /** The direct block that holds an offset, below a block of so many rows; 0 rows is a direct block itself. */
  const find = async (
    block: number,
    blockRows: number,
    from: number,
    offset: number,
    depth: number,
  ): Promise<{ at: number; from: number; size: number }> => {
    if (blockRows === 0) return { at: block, from, size: start };
    if (depth > 16) throw head.fault("expected blocks of a heap at most 16 deep", DAMAGED);
    const direct = Math.min(blockRows, directRows);
    const children = await file.at(block, 5 + O + offsetBytes + blockRows * width * O, "a heap's block");
    expectSignature(children, "FHIB");
    children.skip(1 + O + offsetBytes);
    let begin = from;
    for (let row = 0; row < blockRows; row++) {
      for (let column = 0; column < width; column++) {
        const child = address(children, O);
        const size = rowSize(row);
        if (offset >= begin && offset < begin + size) {
          if (child === null) throw children.fault("expected a block of the heap, got none", DAMAGED);
          if (row < direct) return { at: child, from: begin, size };
          return find(child, Math.log2(size / start / width) + 1, begin, offset, depth + 1);
        }
        begin += size;
      }
    }
    throw children.fault("expected an object inside the heap", DAMAGED);
  };

  return {
    get: async (id) => {
      const kind = id.u8();
      const type = (kind >> 4) & 3;
      if (type === 2) return part(id, (kind & 15) + 1);
      if (type !== 0) throw id.fault("expected a small object in the heap, got a huge one");
      const [offset, length] = [id.uint(offsetBytes), id.uint(lengthBytes)];
      const block = await find(root, rows, 0, offset, 0);
      const size = rows === 0 ? Math.min(mostDirect, start) : block.size;
      if (offset - block.from + length > size || offset - block.from < 5 + O + offsetBytes + checksum)
        throw id.fault("expected an object inside its heap block", DAMAGED);
      return file.at(block.at + offset - block.from, length, "an object of a heap");
    },
  };
};

const part = (cursor: Cursor, length: number): Cursor =>
  new Cursor(cursor.file, cursor.take(length), "an object of a heap", cursor.base);
