import { type Dataset, InputError, LIMITS, type TextOptions, textDataset } from "@stepzero/core";
import { thousands } from "./output/describe.ts";
import { fileChunks } from "./table/file-chunks.ts";

/** Bytes that the longest text may take. */
const MOST_BYTES = 4 * LIMITS.sequenceTokens;

/** A text from its file, as sequences of characters. */
export const readTextFile = (path: string, options: TextOptions, say: (text: string) => void): Dataset => {
  say(`reading ${path}`);
  return textDataset(textOf(path), { ...options, name: path });
};

/** What a file says in UTF-8, or in UTF-16 with a mark at its start. */
const textOf = (path: string): string => {
  const parts: Buffer[] = [];
  let size = 0;
  for (const chunk of fileChunks(path)) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      throw new InputError(
        path,
        `expected at most ${thousands(LIMITS.sequenceTokens)} characters, got a file of more than ${thousands(MOST_BYTES)} bytes`,
        "Take a part of the text.",
      );
    }
    parts.push(Buffer.from(chunk));
  }
  const bytes = Buffer.concat(parts);
  const encoding = wide(bytes) ?? "utf-8";
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw isBinary(bytes)
      ? new InputError(path, "expected a text, got a binary file")
      : new InputError(
          path,
          `expected a text in ${encoding.toUpperCase()}, got other bytes`,
          "Save the file again in UTF-8.",
        );
  }
  if (text.includes("\0")) throw new InputError(path, "expected a text, got a binary file");
  return text;
};

const wide = (bytes: Buffer): "utf-16le" | "utf-16be" | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
};

/** A zero byte, or a control character that no text has, near the start. */
const isBinary = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4096).some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte));
