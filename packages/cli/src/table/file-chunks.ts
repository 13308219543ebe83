import { closeSync } from "node:fs";
import { InputError } from "@stepzero/core";
import { openInput, readInput } from "../input-file.ts";
import { reasonOf } from "../output-file/file-error.ts";

/** Bytes a read: large enough for the disk, small beside any table. */
const CHUNK = 1 << 20;

/** The bytes of a file, piece by piece, each in the place of the one before; a pipe is read once. */
export function* fileChunks(path: string): Generator<Buffer, void> {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new InputError(path, reasonOf(error));
    }
  };
  const file = attempt(() => openInput(path));
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const size = attempt(() => readInput(file, chunk));
      if (size === 0) return;
      yield chunk.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}
