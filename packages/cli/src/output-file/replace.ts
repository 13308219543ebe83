import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from "node:fs";
import { isFileError, unwritten } from "./file-error.ts";

export type Content = Iterable<string | Uint8Array>;

/** Bytes that are written or copied at once. */
const PIECE = 2 ** 22;

/** Errors of a rename into a place that may be written all the same: other owners, single files that are mounted. */
const NOT_BY_RENAME = new Set(["EPERM", "EACCES", "EBUSY", "EXDEV"]);

export interface Target {
  /** As the user gave it, for messages. */
  readonly path: string;
  readonly real: string;
  /** A file beside it that nobody else uses. */
  readonly beside: string;
}

/**
 * Writes the content beside the target and puts it into its place: a reader sees the old content or the new, never a
 * part, and where it cannot be written the old one stays. Permissions, owner and hard links are kept. `agrees` judges
 * the new file before it takes the place.
 */
export const replace = async (
  { path, real, beside }: Target,
  old: Stats | null,
  content: Content,
  agrees: (beside: string) => boolean = () => true,
): Promise<void> => {
  let bytes = 0;
  try {
    const file = createBeside(beside);
    try {
      for (const part of content) {
        const piece = typeof part === "string" ? Buffer.from(part) : part;
        bytes += piece.length;
        writeAll(file, piece);
        await turn();
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (agrees(beside)) putInto(real, beside, old);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw unwritten(path, error, bytes, old !== null);
  } finally {
    rmSync(beside, { force: true });
  }
};

/** Lets events in, Ctrl-C among them. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A new file for us alone to write; what a process that was killed has left there goes. */
export const createBeside = (beside: string): number => {
  rmSync(beside, { force: true });
  return openSync(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666);
};

export const writeAll = (file: number, bytes: Uint8Array, position: number | null = null): void => {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(
      file,
      bytes,
      at,
      Math.min(PIECE, bytes.length - at),
      position === null ? null : position + at,
    );
  }
};

const putInto = (real: string, beside: string, old: Stats | null): void => {
  if (old !== null && old.nlink > 1) {
    copyInto(real, beside);
    return;
  }
  try {
    if (old !== null) {
      const { uid, gid, mode } = old;
      if (uid !== process.geteuid?.() || gid !== process.getegid?.()) chownSync(beside, uid, gid);
      chmodSync(beside, mode & 0o7777);
    }
    renameSync(beside, real);
  } catch (error) {
    if (old === null || !NOT_BY_RENAME.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    copyInto(real, beside);
  }
};

/**
 * Copies over the target, which stays the file that it is. What it grows by comes first: where there is no room for
 * that, the old content is still whole.
 */
const copyInto = (real: string, beside: string): void => {
  const [from, to] = [openSync(beside, "r"), openSync(real, "r+")];
  try {
    const [size, before] = [fstatSync(from).size, fstatSync(to).size];
    try {
      copyRange(from, to, before, size);
      fsyncSync(to);
    } catch (error) {
      ftruncateSync(to, before);
      throw error;
    }
    copyRange(from, to, 0, Math.min(size, before));
    ftruncateSync(to, size);
    fsyncSync(to);
  } finally {
    closeSync(from);
    closeSync(to);
  }
};

const copyRange = (from: number, to: number, start: number, end: number): void => {
  const piece = Buffer.alloc(Math.max(0, Math.min(PIECE, end - start)));
  for (let at = start; at < end; ) {
    const count = readSync(from, piece, 0, Math.min(piece.length, end - at), at);
    writeAll(to, piece.subarray(0, count), at);
    at += count;
  }
};
