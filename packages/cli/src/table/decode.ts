import { isAscii, isUtf8 } from "node:buffer";
import { InputError } from "@stepzero/core";
import { refuseForeign } from "./foreign.ts";

/** Bytes as UTF-8, and a note on what they were where that was guessed. */
export interface Decoded {
  readonly chunks: Generator<Buffer, void>;
  /** Once the chunks are read. */
  notes(): string[];
}

const HEAD = 4096;

/** The text of a file in UTF-8, UTF-16 (with or without a mark at its start) or Windows-1252, as UTF-8. */
export const decode = (name: string, source: Iterable<Buffer>): Decoded => {
  const notes: string[] = [];
  return { chunks: decoded(name, source, notes), notes: () => notes };
};

function* decoded(name: string, source: Iterable<Buffer>, notes: string[]): Generator<Buffer, void> {
  let decoder: ((chunk: Buffer, last: boolean) => Buffer) | null = null;
  const text = (chunk: Buffer, last: boolean): Buffer => {
    if (decoder === null) {
      refuseForeign(name, chunk);
      decoder = decoderFor(name, chunk, notes);
    }
    const bytes = decoder(chunk, last);
    if (bytes.includes(0)) throw new InputError(name, "expected text, got a binary file");
    return bytes;
  };
  let head: Buffer = Buffer.alloc(0);
  for (const chunk of source) {
    if (head.length < HEAD) {
      head = Buffer.concat([head, chunk]);
      if (head.length >= HEAD) yield text(head, false);
    } else yield text(chunk, false);
  }
  if (head.length < HEAD) yield text(head, false);
  yield text(Buffer.alloc(0), true);
}

const decoderFor = (name: string, first: Buffer, notes: string[]) => {
  const encoding = wideEncoding(first);
  return encoding === null ? narrow(name, notes) : wide(name, encoding);
};

/** UTF-16 by its mark, or by zeros in every other byte of the start. */
const wideEncoding = (first: Buffer): "utf-16le" | "utf-16be" | null => {
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const size = Math.min(HEAD, first.length);
  if (size < 8) return null;
  for (let i = 0; i < size; i++) if (first[i] === 0) zeros[i % 2]!++;
  const enough = size / 5;
  if (zeros[1]! > enough && zeros[0] === 0) return "utf-16le";
  return zeros[0]! > enough && zeros[1] === 0 ? "utf-16be" : null;
};

const wide = (name: string, encoding: string) => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk: Buffer, last: boolean): Buffer => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: !last }));
    } catch {
      throw new InputError(
        name,
        `expected text in ${encoding.toUpperCase()}, got other bytes`,
        "The file may be cut off.",
      );
    }
  };
};

const narrow = (name: string, notes: string[]) => {
  const latin = new TextDecoder("windows-1252");
  let rest = Buffer.alloc(0);
  let state: "start" | "ascii" | "utf-8" | "windows-1252" = "start";
  return (chunk: Buffer, last: boolean): Buffer => {
    if (state === "windows-1252") return Buffer.from(latin.decode(chunk));
    let all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (state === "start") {
      if (all.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf))) all = all.subarray(3);
      state = "ascii";
    }
    const end = last ? all.length : wholeCharacters(all);
    const text = all.subarray(0, end);
    rest = Buffer.from(all.subarray(end));
    if (isUtf8(text)) {
      if (state === "ascii" && !isAscii(text)) state = "utf-8";
      return text;
    }
    if (state === "utf-8") {
      throw new InputError(
        name,
        "expected text in UTF-8 as it begins, got other bytes further on",
        "Save the file again in UTF-8.",
      );
    }
    state = "windows-1252";
    notes.push("It is not UTF-8 and is read as Windows-1252 (Latin-1).");
    return Buffer.from(latin.decode(all));
  };
};

/** Where the last whole character of a chunk ends. */
const wholeCharacters = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};
