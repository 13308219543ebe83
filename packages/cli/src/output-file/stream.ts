import { closeSync, constants, openSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { unwritable } from "./file-error.ts";
import type { Content } from "./replace.ts";

/** Milliseconds between two tries to write into a pipe that is full. */
const PAUSE = 5;

/** A pipe or device, opened without waiting: a pipe that nobody reads is refused. It stays open until it is closed. */
export const openStream = (path: string): number => {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    throw unwritable(path, error, "A pipe needs a process that reads it already.");
  }
};

/** Writes all of it, at the pace of its reader, letting events in. */
export const writeStream = async (path: string, file: number, content: Content): Promise<void> => {
  let done = 0;
  try {
    for (const part of content) {
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      for (let at = 0; at < bytes.length; ) {
        try {
          const count = writeSync(file, bytes, at);
          at += count;
          done += count;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
          await wait(PAUSE);
        }
      }
    }
  } catch (error) {
    throw unwritable(path, error, `${done.toLocaleString("en-US")} bytes had been written.`);
  }
};

export const closeStream = (file: number): void => closeSync(file);
