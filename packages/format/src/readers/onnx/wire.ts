import type { ByteSource } from "../byte-source.ts";
import { CUT_OFF, DAMAGED, fault } from "../fault.ts";

/** A field of a message of protobuf: its number and value, or where its bytes lie. */
export interface Field {
  readonly number: number;
  /** 0 a whole number, 1 eight bytes, 2 bytes of a length, 5 four bytes. */
  readonly wire: number;
  /** Of wire 0. */
  readonly value: number;
  /** Of the others, in the file. */
  readonly start: number;
  readonly length: number;
}

const PAGE = 2 ** 16;

/** Reads fields of messages in a file without holding it: what is not asked for is passed over. */
export interface Wire {
  fields(start: number, end: number): AsyncGenerator<Field>;
  bytes(field: Field, most: number): Promise<Uint8Array>;
  text(field: Field): Promise<string>;
}

const TEXT = 2 ** 20;

export const wireOf = (source: ByteSource): Wire => {
  let [from, page]: [number, Uint8Array] = [0, new Uint8Array(0)];
  const load = async (at: number): Promise<void> => {
    from = at;
    page = await source.read(at, Math.min(PAGE, source.size - at));
  };
  const bytes = async ({ start, length }: Field, most: number): Promise<Uint8Array> => {
    if (length > most)
      throw fault(source.name, start, `expected a field of at most ${most} bytes, got ${length}`);
    if (start >= from && start + length <= from + page.length)
      return page.subarray(start - from, start - from + length);
    if (length > PAGE) return source.read(start, length);
    await load(start);
    return page.subarray(0, length);
  };
  async function* fields(start: number, end: number): AsyncGenerator<Field> {
    for (let at = start; at < end; ) {
      if (at < from || at + 32 > from + page.length) await load(at);
      const tag = varint(source.name, page, at - from, at);
      const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8];
      let next = tag.end + from;
      if (wire === 0) {
        const { value, end: after } = varint(source.name, page, tag.end, next);
        next = after + from;
        yield { number, wire, value, start: tag.end + from, length: next - tag.end - from };
      } else {
        let length = wire === 1 ? 8 : wire === 5 ? 4 : -1;
        if (wire === 2) {
          const size = varint(source.name, page, tag.end, next);
          [length, next] = [size.value, size.end + from];
        }
        if (length < 0)
          throw fault(source.name, at, `expected a field of protobuf, got wire type ${wire}`, DAMAGED);
        if (next + length > end)
          throw fault(
            source.name,
            next,
            `expected ${length} bytes of field ${number}, got ${end - next}`,
            CUT_OFF,
          );
        const begin = next;
        next += length;
        yield { number, wire, value: 0, start: begin, length };
      }
      at = next;
    }
  }
  return { fields, bytes, text: async (field) => new TextDecoder().decode(await bytes(field, TEXT)) };
};

/** A whole number of 64 bits, as signed; beyond 2⁵³ rounded. */
export const varint = (
  file: string,
  bytes: Uint8Array,
  at: number,
  place: number,
): { value: number; end: number } => {
  let [low, high] = [0, 0];
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw fault(file, place, "expected the rest of a number", CUT_OFF);
    const part = byte & 127;
    if (i < 4) low += part * 2 ** (7 * i);
    else if (i === 4) {
      low += (part & 15) * 2 ** 28;
      high += part >> 4;
    } else high += part * 2 ** (7 * i - 32);
    if (byte < 128) {
      const unsigned = high % 2 ** 32;
      return {
        value: (unsigned >= 2 ** 31 ? unsigned - 2 ** 32 : unsigned) * 2 ** 32 + low,
        end: at + i + 1,
      };
    }
  }
  throw fault(file, place, "expected a number of at most ten bytes", DAMAGED);
};
