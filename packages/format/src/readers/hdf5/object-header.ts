import { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { address, expectSignature, type Hdf5File } from "./pages.ts";

export interface Message {
  readonly type: number;
  readonly flags: number;
  readonly data: Cursor;
}

export const MESSAGE = {
  dataspace: 0x1,
  linkInfo: 0x2,
  datatype: 0x3,
  link: 0x6,
  externalFiles: 0x7,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** Messages and parts of one header: an object with thousands of attributes has some thousands. */
const MOST_MESSAGES = 100_000;
const MOST_PARTS = 10_000;

/** What is said about a group or dataset: the messages of its header. */
export const objectHeader = async (file: Hdf5File, at: number): Promise<Message[]> => {
  const head = await file.at(at, Math.min(32, file.source.size - file.base - at), "an object's header");
  const modern = head.left >= 4 && head.text(4) === "OHDR";
  head.at = 0;
  const messages: Message[] = [];
  const parts: { at: number; size: number }[] = [modern ? modernPart(head, at) : oldPart(head, at)];
  const flags = modern ? head.bytes[5]! : 0;
  const seen = new Set<number>();
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (seen.has(part.at) || seen.size > MOST_PARTS)
      throw head.fault("expected parts of a header that do not lead in a circle", DAMAGED);
    const cursor = await file.at(part.at, part.size, "messages of a header");
    if (modern && seen.size > 0) {
      expectSignature(cursor, "OCHK");
    }
    seen.add(part.at);
    const end = cursor.bytes.length - (modern && seen.size > 1 ? 4 : 0);
    while (end - cursor.at >= (modern ? 4 : 8)) {
      const message = modern ? modernMessage(cursor, flags) : oldMessage(cursor);
      if (message.type === MESSAGE.continuation) {
        const next = address(message.data, file.offsetSize);
        const size = message.data.uint(file.lengthSize);
        if (next !== null) parts.push({ at: next, size });
      } else messages.push(message);
      if (messages.length > MOST_MESSAGES)
        throw head.fault(`expected at most ${MOST_MESSAGES} messages in a header`);
    }
  }
  return messages;
};

const oldPart = (head: Cursor, at: number): { at: number; size: number } => {
  const version = head.u8();
  if (version !== 1)
    throw head.fault(`expected an object's header of version 1 or 2, got ${version}`, DAMAGED);
  head.at = 8;
  return { at: at + 16, size: head.u32() };
};

const modernPart = (head: Cursor, at: number): { at: number; size: number } => {
  head.at = 4;
  const version = head.u8();
  if (version !== 2)
    throw head.fault(`expected an object's header of version 1 or 2, got ${version}`, DAMAGED);
  const flags = head.u8();
  if ((flags & 0x20) !== 0) head.skip(16);
  if ((flags & 0x10) !== 0) head.skip(4);
  const size = head.uint(1 << (flags & 3));
  return { at: at + head.at, size };
};

const oldMessage = (cursor: Cursor): Message => {
  const [type, size, flags] = [cursor.u16(), cursor.u16(), cursor.u8()];
  cursor.skip(3);
  return { type, flags, data: part(cursor, size) };
};

const modernMessage = (cursor: Cursor, headerFlags: number): Message => {
  const [type, size, flags] = [cursor.u8(), cursor.u16(), cursor.u8()];
  if ((headerFlags & 4) !== 0) cursor.skip(2);
  return { type, flags, data: part(cursor, size) };
};

const part = (cursor: Cursor, size: number): Cursor => {
  const start = cursor.base + cursor.at;
  return new Cursor(cursor.file, cursor.take(size), "a message of a header", start);
};
