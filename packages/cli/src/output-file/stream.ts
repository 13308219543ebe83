import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { isatty } from "node:tty";
import { InputError } from "@stepzero/core";
import { unwritable } from "./file-error.ts";
import type { Content } from "./replace.ts";

/** Milliseconds between two tries to write into a pipe that is full. */
const PAUSE = 5;

/**
 * A pipe or device, opened without waiting: a pipe that nobody reads is refused, and so are devices that are neither
 * terminals nor `/dev/null`. It stays open until it is closed.
 */
export const openStream = (path: string): number => {
  let file: number;
  try {
    file = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    throw unwritable(path, error, "A pipe needs a process that reads it already.");
  }
  if (takesText(file)) return file;
  closeSync(file);
  throw new InputError(
    path,
    "cannot be written: it is a device that keeps nothing",
    "Name a file, a pipe or a terminal.",
  );
};

/** Whether what is open is anything but a device, or one that takes what is written. */
const takesText = (file: number): boolean => {
  const stat = fstatSync(file);
  return !stat.isCharacterDevice() || isatty(file) || stat.rdev === statSync(devNull).rdev;
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
