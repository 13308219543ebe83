import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Milliseconds between two looks at a pipe that has nothing yet. */
const PAUSE = 5;

/** Opens a file to be read, without waiting: a pipe into which nobody writes is at its end. */
export const openInput = (path: string): number => {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stat = fstatSync(file);
  const code = stat.isDirectory() ? "EISDIR" : stat.isBlockDevice() ? "EINVAL" : null;
  if (code === null) return file;
  closeSync(file);
  throw Object.assign(new Error(code), { code, syscall: "read" });
};

/** Reads what comes next into `chunk`; 0 at the end. */
export const readInput = (file: number, chunk: Uint8Array): number => {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
};

/** Bytes of a file that is read as one text: JavaScript has no longer one. */
const MOST = 2 ** 29;
const CHUNK = 2 ** 16;

/** The whole of a file. What would never end, as a device, ends with an error. */
export const readAll = (path: string): Buffer => {
  const file = openInput(path);
  try {
    const { size } = fstatSync(file);
    const parts: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.min(MOST, Math.max(CHUNK, size - total + 1)));
      const count = readInput(file, chunk);
      if (count === 0) break;
      total += count;
      if (total > MOST) throw Object.assign(new Error("EFBIG"), { code: "TOO_LARGE", syscall: "read" });
      parts.push(chunk.subarray(0, count));
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
};
