import type { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

const MOST_RECORDS = 1_000_000;
const MOST_NODE = 2 ** 20;
const bytesFor = (value: number): number => Math.max(1, Math.ceil(Math.log2(value + 1) / 8));

/** The records of a B-tree of version 2, each handed to `take` as it comes. */
export const btree2 = async (
  file: Hdf5File,
  at: number,
  take: (record: Cursor, type: number) => void,
): Promise<void> => {
  const O = file.offsetSize;
  const head = await file.at(at, 22 + O + file.lengthSize, "a B-tree");
  expectSignature(head, "BTHD");
  head.skip(1);
  const type = head.u8();
  const nodeSize = head.u32();
  const recordSize = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = address(head, O);
  const count = head.u16();
  if (root === null || count === 0) return;
  if (recordSize < 4 || nodeSize > MOST_NODE || nodeSize < 10 + recordSize || depth > 10)
    throw head.fault("expected the sizes of a B-tree's nodes", DAMAGED);
  // Of nodes at each depth: records in one, and in all below it.
  const most = [Math.floor((nodeSize - 10) / recordSize)];
  const total = [most[0]!];
  const countBytes = bytesFor(most[0]!);
  for (let level = 1; level <= depth; level++) {
    const pointer = O + countBytes + (level > 1 ? bytesFor(total[level - 1]!) : 0);
    most.push(Math.floor((nodeSize - 10 - pointer) / (recordSize + pointer)));
    total.push((most[level]! + 1) * total[level - 1]! + most[level]!);
  }
  let seen = 0;
  const visit = async (node: number, records: number, level: number): Promise<void> => {
    seen += records + 1;
    if (records > most[level]! || seen > MOST_RECORDS)
      throw head.fault("expected a B-tree of that many records", DAMAGED);
    const cursor = await file.at(node, nodeSize, "a B-tree's node");
    expectSignature(cursor, level === 0 ? "BTLF" : "BTIN");
    cursor.skip(2);
    for (let i = 0; i < records; i++) {
      const end = cursor.at + recordSize;
      take(cursor, type);
      cursor.at = end;
    }
    if (level === 0) return;
    for (let i = 0; i <= records; i++) {
      const child = address(cursor, O);
      const inside = cursor.uint(countBytes);
      if (level > 1) cursor.skip(bytesFor(total[level - 1]!));
      if (child === null) throw cursor.fault("expected a node of the B-tree, got none", DAMAGED);
      await visit(child, inside, level - 1);
    }
  };
  await visit(root, count, depth);
};
