import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { MARK } from "../mark.ts";

/** What an output is, and how a file of its kind is known. */
export interface OutputKind {
  /** As in "exists already and is not …". */
  readonly what: string;
  /** Whether the file that is there, of this many bytes, is of this kind and comes from stepzero. */
  recognizes(file: string, size: number): boolean;
}

const HEAD = 4096;
/** A report holds a few megabytes: nothing larger is searched. */
const LARGEST_REPORT = 2 ** 28;

const headOf = (file: string): string => {
  const bytes = Buffer.alloc(HEAD);
  const open = openSync(file, "r");
  try {
    return bytes.toString("latin1", 0, readSync(open, bytes));
  } finally {
    closeSync(open);
  }
};

export const STUDY: OutputKind = {
  what: "a study of stepzero's",
  recognizes: (file) => /^\s*\{\s*"schema"\s*:\s*"stepzero\/study@\d+"/.test(headOf(file)),
};

export const REPORT: OutputKind = {
  what: "a report of stepzero's",
  recognizes: (file, size) =>
    size <= LARGEST_REPORT &&
    /<script type="application\/json" id="study">\s*\{\s*"schema"\s*:\s*"stepzero\/study@\d+"/.test(
      readFileSync(file, "latin1"),
    ),
};

/** Files of tensors that carry the mark of who wrote them: `.safetensors` in its metadata, `.npz` in its entries. */
export const TENSORS: OutputKind = {
  what: "a file that stepzero initialize wrote",
  recognizes: (file, size) => {
    const head = headOf(file);
    return head.startsWith("PK") ? isMarkedZip(file, size) : head.includes(`"writer":"${MARK}"`);
  },
};

/** Whether each file of the archive is marked, as its directory at the end says. */
const isMarkedZip = (file: string, size: number): boolean => {
  if (size > 2 ** 31) return false;
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  if (end < 0 || end + 22 > bytes.length) return false;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return false;
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const begin = at + 46 + name + extra;
    if (bytes.toString("latin1", begin, begin + comment) !== MARK) return false;
    at = begin + comment;
  }
  return count > 0;
};

/** NumPy's format has no place for a mark: only a file of the same bytes is the same. */
export const ARRAY: OutputKind = { what: "the array that was drawn", recognizes: () => false };
