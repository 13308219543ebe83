import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { InputError } from "@stepzero/core";

/** The text of a file; what cannot be read is an input error that says why. */
export const readText = (path: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InputError(path, reasonOf(error));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(path, "expected text in UTF-8, got other bytes");
  }
};

/** Writes beside the file and renames: a reader sees the old content or the new, never a part. */
export const writeAtomically = (path: string, content: string | Uint8Array): void =>
  writePartsAtomically(path, [content]);

/** The same of parts that are made one after the other, so that the whole need not fit into memory. */
export const writePartsAtomically = (path: string, parts: Iterable<string | Uint8Array>): void => {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(beside, "w");
    try {
      for (const part of parts) writeFileSync(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new InputError(path, `cannot be written: ${reasonOf(error)}`);
  }
};

/** Refuses a file that could not be written later, before anything is computed; leaves nothing behind. */
export const checkWritable = (path: string): void => {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    if (existsSync(path)) closeSync(openSync(path, "a"));
    closeSync(openSync(beside, "w"));
    rmSync(beside);
  } catch (error) {
    throw new InputError(path, `cannot be written: ${reasonOf(error)}`);
  }
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
};
