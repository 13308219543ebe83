import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "@stepzero/core";
import type { ByteSource } from "@stepzero/format/readers";
import { isFileError, reasonOf } from "./output-file/file-error.ts";

/** A file on disk and those beside it, open until `close`. */
export interface OpenedFile extends ByteSource {
  /** Where it lies on disk. */
  readonly path: string;
  close(): Promise<void>;
}

/** Opens a file of weights, to be read in parts. Files beside it are opened as they are asked for. */
export const openWeights = async (path: string): Promise<OpenedFile> => {
  const open = new Map<string, Promise<OpenedPart | null>>();
  const partAt = (at: string, name: string): Promise<OpenedPart | null> => {
    const before = open.get(at);
    if (before !== undefined) return before;
    const part = openPart(at, name, (sibling) => partAt(join(dirname(path), sibling), sibling));
    open.set(at, part);
    return part;
  };
  const part = await partAt(path, path);
  if (part === null) throw new InputError(path, "cannot be read: there is no such file or folder");
  return {
    ...part.source,
    path,
    close: async () => {
      const parts = await Promise.allSettled(open.values());
      await Promise.allSettled(
        parts.map((one) => (one.status === "fulfilled" ? one.value?.handle.close() : null)),
      );
    },
  };
};

interface OpenedPart {
  readonly handle: FileHandle;
  readonly source: ByteSource & { readonly path: string };
}

const openPart = async (
  path: string,
  name: string,
  sibling: (name: string) => Promise<OpenedPart | null>,
): Promise<OpenedPart | null> => {
  let handle: FileHandle | undefined;
  try {
    // Without waiting: a pipe into which nobody writes would never open.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await handle.stat();
    if (stat.isDirectory()) throw Object.assign(new Error("EISDIR"), { code: "EISDIR", syscall: "read" });
    if (!stat.isFile()) {
      throw new InputError(
        name,
        "expected a file, got a pipe or a device",
        "Weights are read in parts, out of order: save them in a file.",
      );
    }
    const file = handle;
    return {
      handle,
      source: {
        name,
        path,
        size: stat.size,
        read: (start, length, into) => readPart(file, name, start, length, into),
        sibling: async (other) => (await sibling(other))?.source ?? null,
      },
    };
  } catch (error) {
    await handle?.close();
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (isFileError(error)) throw new InputError(name, `cannot be read: ${reasonOf(error)}`);
    throw error;
  }
};

const readPart = async (
  file: FileHandle,
  name: string,
  start: number,
  length: number,
  into?: Uint8Array,
): Promise<Uint8Array> => {
  // Every byte is read or an error: no need to clear them first.
  const bytes = into?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, start + got).catch((error: unknown) => {
      if (isFileError(error))
        throw new InputError(name, `cannot be read at byte ${start + got}: ${reasonOf(error)}`);
      throw error;
    });
    if (bytesRead === 0) {
      throw new InputError(
        name,
        `at byte ${start + got}: expected ${length - got} more bytes, got none`,
        "The file became shorter while it was read.",
      );
    }
    got += bytesRead;
  }
  return bytes;
};
