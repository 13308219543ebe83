import { accessSync, constants, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "@stepzero/core";
import { isFileError, reasonOf, unwritable } from "./file-error.ts";

/** What an output's path stands for: a file that is there or is to be, or a pipe or device. */
export interface Destination {
  /** As the user gave it. */
  readonly path: string;
  /** Without symbolic links. */
  readonly real: string;
  /** What is there, or `null`. */
  readonly stat: Stats | null;
  /** Whether it is written into as it is, once, rather than replaced. */
  readonly direct: boolean;
}

/** Symbolic links that are followed to a file that is not there yet. */
const MOST_LINKS = 40;

/** Looks at what a path stands for. Refuses folders, disks, sockets and what may not be written. */
export const destinationOf = (path: string): Destination => {
  if (path === "") throw new InputError("output", "expected the name of a file, got an empty text");
  try {
    const stat = statSync(path, { throwIfNoEntry: false }) ?? null;
    if (stat === null) return { path, real: realPathOf(path), stat, direct: false };
    if (stat.isFile()) {
      accessSync(path, constants.W_OK);
      return { path, real: realpathSync(path), stat, direct: /^\/(dev|proc)\//.test(resolve(path)) };
    }
    if (stat.isFIFO() || stat.isCharacterDevice()) return { path, real: path, stat, direct: true };
    const what = stat.isDirectory() ? "a folder" : stat.isBlockDevice() ? "a disk" : "a socket";
    throw new InputError(path, `cannot be written: it is ${what}`, "Name a file.");
  } catch (error) {
    if (isFileError(error)) throw unwritable(path, error);
    throw error;
  }
};

/** Where a file that is not there would come to be: symbolic links that lead nowhere are followed. */
const realPathOf = (path: string): string => {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = folderOf(at, path);
    at = join(folder, basename(at));
    try {
      at = resolve(folder, readlinkSync(at));
    } catch {
      return at;
    }
  }
  throw new InputError(path, "cannot be written: its symbolic links lead in a circle");
};

const folderOf = (at: string, path: string): string => {
  try {
    return realpathSync(dirname(at));
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT"
        ? `${reasonOf(error)}: ${dirname(at)}`
        : reasonOf(error);
    throw new InputError(path, `cannot be written: ${why}`);
  }
};

/** Whether two paths lead to one file. */
export const isSame = (a: Destination, b: Destination): boolean =>
  a.real === b.real ||
  (a.stat !== null &&
    b.stat !== null &&
    a.stat.isFile() &&
    a.stat.dev === b.stat.dev &&
    a.stat.ino === b.stat.ino);
