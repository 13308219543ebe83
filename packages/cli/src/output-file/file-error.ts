import { InputError } from "@stepzero/core";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "it would be larger than the largest file allowed here",
  EROFS: "the disk is read-only",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is longer than the file system takes",
  EMFILE: "too many files are open",
  EINVAL: "the file system does not take it",
  EPIPE: "its reader has gone away",
  ENXIO: "nothing reads from it",
  TOO_LARGE: "it holds more than 512 MiB, or has no end",
  EIO: "the device reports an error",
  ERR_INVALID_ARG_VALUE: "its name holds a zero byte",
};

/** Why the system refused, in words. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
};

/** Whether an error comes from the system rather than from a fault of ours. */
export const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && ("syscall" in error || (error as NodeJS.ErrnoException).code! in REASONS);

export const unwritable = (path: string, error: unknown, fix?: string): InputError =>
  new InputError(path, `cannot be written: ${reasonOf(error)}`, fix);

/** What did not fit: with its size, and what is there now. */
export const unwritten = (path: string, error: unknown, bytes: number, existed: boolean): InputError =>
  unwritable(
    path,
    error,
    `It takes ${bytes.toLocaleString("en-US")} bytes. ${existed ? "The old file is as it was." : "Nothing was left behind."}`,
  );
