import type { Cursor } from "../cursor.ts";
import { decode } from "../decode.ts";
import { btree2 } from "./btree2.ts";
import { type Datatype, dataspace, datatype } from "./datatype.ts";
import { fractalHeap } from "./fractal-heap.ts";
import { cut } from "./links.ts";
import { MESSAGE, type Message, objectHeader } from "./object-header.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

/** Texts or numbers; kinds that say nothing about weights are left out. */
export type Attributes = ReadonlyMap<string, readonly (string | number)[]>;

const MOST_VALUES = 1_000_000;
/** Bytes of a heap with texts. */
const MOST_HEAP = 2 ** 24;

export const attributesOf = async (file: Hdf5File, messages: readonly Message[]): Promise<Attributes> => {
  const found = new Map<string, readonly (string | number)[]>();
  const take = async (data: Cursor): Promise<void> => {
    const [name, values] = await attribute(file, data);
    if (values !== null) found.set(name, values);
  };
  for (const { type, data } of messages) {
    if (type === MESSAGE.attribute) await take(data);
    if (type !== MESSAGE.attributeInfo) continue;
    data.skip(1);
    if ((data.u8() & 1) !== 0) data.skip(2);
    const [heapAt, indexAt] = [address(data, file.offsetSize), address(data, file.offsetSize)];
    if (heapAt === null || indexAt === null) continue;
    const heap = await fractalHeap(file, heapAt);
    const ids: Cursor[] = [];
    await btree2(file, indexAt, (record) => ids.push(cut(record, 8)));
    for (const id of ids) await take(await heap.get(id));
  }
  return found;
};

/** A datatype, or the committed one that stands for it. */
export const datatypeOf = async (file: Hdf5File, data: Cursor, shared: boolean): Promise<Datatype | null> => {
  if (!shared) return datatype(data);
  const version = data.u8();
  data.skip(version === 1 ? 7 : 1);
  const at = address(data, file.offsetSize);
  if (at === null) return null;
  const message = (await objectHeader(file, at)).find(({ type }) => type === MESSAGE.datatype);
  return message === undefined || (message.flags & 2) !== 0 ? null : datatype(message.data);
};

const attribute = async (file: Hdf5File, data: Cursor): Promise<[string, (string | number)[] | null]> => {
  const [version, flags] = [data.u8(), data.u8()];
  const [nameSize, typeSize, spaceSize] = [data.u16(), data.u16(), data.u16()];
  if (version === 3) data.skip(1);
  const padded = (size: number): number => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const name = data.text(padded(nameSize)).replace(/\0.*$/s, "");
  const type = await datatypeOf(file, cut(data, padded(typeSize)), version > 1 && (flags & 1) !== 0);
  const shape = dataspace(cut(data, padded(spaceSize)), file.lengthSize);
  const count = shape?.reduce((product, axis) => product * axis, 1) ?? 0;
  if (type === null || type.kind === "other" || count > MOST_VALUES) return [name, null];
  if (count * type.size > data.left) return [name, null];
  const values: (string | number)[] = [];
  for (let i = 0; i < count; i++) {
    if (type.kind === "variable") values.push(await heapText(file, cut(data, type.size)));
    else if (type.kind === "string") values.push(ended(data.text(type.size)));
    else values.push(decode(type.type!, data.take(type.size), type.bigEndian)[0]!);
  }
  return [name, values];
};

/** Without what pads it. */
const ended = (text: string): string => text.replace(/\0.*$/s, "");

const heapText = async (file: Hdf5File, reference: Cursor): Promise<string> => {
  const length = reference.u32();
  const at = address(reference, file.offsetSize);
  const wanted = reference.u32();
  if (at === null || at === 0 || length === 0) return "";
  const head = await file.at(at, 8 + file.lengthSize, "a heap of texts");
  expectSignature(head, "GCOL");
  head.skip(4);
  const size = head.uint(file.lengthSize);
  if (size > MOST_HEAP)
    throw head.fault(`expected a heap of texts of at most ${MOST_HEAP} bytes, got ${size}`);
  const heap = await file.at(at, size, "a heap of texts");
  heap.at = 8 + file.lengthSize;
  while (heap.left >= 8 + file.lengthSize) {
    const index = heap.u16();
    heap.skip(6);
    const bytes = heap.uint(file.lengthSize);
    if (index === 0) break;
    if (index === wanted) return ended(heap.text(Math.min(length, bytes)));
    heap.skip(Math.min(heap.left, Math.ceil(bytes / 8) * 8));
  }
  throw heap.fault(`expected text ${wanted} in its heap`);
};
