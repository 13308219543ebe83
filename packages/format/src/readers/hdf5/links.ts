import { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { naturalOrder } from "../natural-order.ts";
import { btree2 } from "./btree2.ts";
import { fractalHeap } from "./fractal-heap.ts";
import { MESSAGE, type Message } from "./object-header.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

export interface Link {
  readonly name: string;
  /** `null`: it names a place in this or another file, and is not followed. */
  readonly at: number | null;
  /** When it was made, where the group keeps it. */
  readonly made: number | null;
}

const MOST = 1_000_000;

/** What lies in a group, whichever of three ways it keeps it; in the order in which it was made where that is kept. */
export const linksOf = async (file: Hdf5File, messages: readonly Message[]): Promise<Link[]> => {
  const links: Link[] = [];
  for (const { type, data } of messages) {
    if (type === MESSAGE.link) links.push(linkOf(file, data));
    if (type === MESSAGE.symbolTable) await symbolTable(file, data, links);
    if (type === MESSAGE.linkInfo) await denseLinks(file, data, links);
    if (links.length > MOST) throw data.fault(`expected at most ${MOST} objects in a group`);
  }
  return links.sort((a, b) =>
    a.made !== null && b.made !== null ? a.made - b.made : naturalOrder(a.name, b.name),
  );
};

const linkOf = (file: Hdf5File, data: Cursor): Link => {
  data.skip(1);
  const flags = data.u8();
  const type = (flags & 8) !== 0 ? data.u8() : 0;
  const made = (flags & 4) !== 0 ? data.uint(8) : null;
  if ((flags & 16) !== 0) data.skip(1);
  const name = data.text(data.uint(1 << (flags & 3)));
  return { name, at: type === 0 ? address(data, file.offsetSize) : null, made };
};

const denseLinks = async (file: Hdf5File, data: Cursor, links: Link[]): Promise<void> => {
  data.skip(1);
  if ((data.u8() & 1) !== 0) data.skip(8);
  const heapAt = address(data, file.offsetSize);
  const indexAt = address(data, file.offsetSize);
  if (heapAt === null || indexAt === null) return;
  const heap = await fractalHeap(file, heapAt);
  const ids: Cursor[] = [];
  await btree2(file, indexAt, (record, type) => {
    record.skip(type === 5 ? 4 : 8);
    ids.push(cut(record, 7));
  });
  for (const id of ids) links.push(linkOf(file, await heap.get(id)));
};

/** The next bytes of a cursor as one of their own. */
export const cut = (cursor: Cursor, length: number): Cursor => {
  const start = cursor.base + cursor.at;
  return new Cursor(cursor.file, cursor.take(length), cursor.what, start);
};

const symbolTable = async (file: Hdf5File, data: Cursor, links: Link[]): Promise<void> => {
  const O = file.offsetSize;
  const [tree, heapAt] = [address(data, O), address(data, O)];
  if (tree === null || heapAt === null) throw data.fault("expected a group's table of names", DAMAGED);
  const heap = await file.at(heapAt, 8 + 2 * file.lengthSize + O, "a group's names");
  expectSignature(heap, "HEAP");
  heap.skip(4);
  const size = heap.uint(file.lengthSize);
  heap.skip(file.lengthSize);
  const names = await file.at(address(heap, O) ?? -1, size, "a group's names");
  const nameAt = (offset: number): string => {
    if (offset >= names.bytes.length) throw names.fault("expected a name inside the group's names", DAMAGED);
    const end = names.bytes.indexOf(0, offset);
    names.at = offset;
    return names.text((end < 0 ? names.bytes.length : end) - offset);
  };
  const seen = new Set<number>();
  const visit = async (at: number): Promise<void> => {
    if (seen.has(at) || links.length > MOST)
      throw data.fault("expected a tree of names without circles", DAMAGED);
    seen.add(at);
    const head = await file.at(at, 8 + 2 * O, "a tree of names");
    const signature = head.text(4);
    head.at = 0;
    if (signature === "SNOD") {
      head.at = 6;
      const count = head.u16();
      const entries = await file.at(at + 8, count * (2 * O + 24), "a group's entries");
      for (let i = 0; i < count; i++) {
        const name = nameAt(entries.uint(O));
        const object = address(entries, O);
        const soft = entries.u32() === 2;
        entries.skip(20);
        links.push({ name, at: soft ? null : object, made: null });
      }
      return;
    }
    expectSignature(head, "TREE");
    head.skip(2);
    const count = head.u16();
    const node = await file.at(
      at + 8 + 2 * O,
      count * (O + file.lengthSize) + file.lengthSize,
      "a tree of names",
    );
    for (let i = 0; i < count; i++) {
      node.skip(file.lengthSize);
      const child = address(node, O);
      if (child === null) throw node.fault("expected a node of the tree, got none", DAMAGED);
      await visit(child);
    }
  };
  await visit(tree);
};
