import { createHash } from "node:crypto";
import { closeSync, fsyncSync, readFileSync, realpathSync, rmSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "@stepzero/core";
import { type Destination, destinationOf, isSame } from "./destination.ts";
import { unwritable, unwritten } from "./file-error.ts";
import { ARRAY, type OutputKind } from "./kinds.ts";
import { checkUnlocked, type Lock, lock } from "./lock.ts";
import { type Content, createBeside, replace, writeAll } from "./replace.ts";
import { closeStream, openStream, writeStream } from "./stream.ts";

export interface Wanted {
  /** The flag that named it. */
  readonly flag: string;
  readonly path: string;
  readonly kind: OutputKind;
  /** What it will take at least, where that is known. */
  readonly bytes?: number;
  /** An input that this output goes on with: `--resume`. */
  readonly continues?: boolean;
}

/** One output of a command, from before it computes until it has been written. */
export interface OutputFile {
  readonly path: string;
  /** Whether a file of its kind is there, which this one will replace without having been told to. */
  readonly replacesOwn: boolean;
  /** Whether it may be written again and again while it grows: a pipe takes it once. */
  readonly mayGrow: boolean;
  write(content: Content): Promise<void>;
}

/** A file that the command reads, with the flag that named it. */
export type Input = readonly [flag: string, path: string | undefined];

export interface OutputFiles {
  /** By flag. */
  of(flag: string): OutputFile | null;
  /** Refuses an output that is one of these inputs. */
  checkInputs(inputs: readonly Input[]): void;
  release(): void;
}

/** What is written to find out whether a file could be. */
const PROBE = new Uint8Array(4096);

/** Refuses to read a file that somebody is writing. */
export const checkNotWritten = async (path: string): Promise<void> => {
  const stat = statOf(path);
  if (stat?.isFile() === true) await checkUnlocked(path, besideOf(realpathSync(path), "lock"));
};

/** Names beside a file that only the one who has its lock uses. Short, however long its own is. */
const besideOf = (real: string, ending: string): string => {
  const mark = createHash("sha256").update(basename(real)).digest("hex").slice(0, 12);
  return join(dirname(real), `.stepzero-${mark}.${ending}`);
};

/**
 * Looks at every output before anything is computed: what is there, whether it may be replaced, whether it can be
 * written; locks it. Nothing is left behind by what is refused.
 */
export const openOutputs = async (
  wanted: readonly (Wanted | null)[],
  force: boolean | undefined,
  inputs: readonly Input[] = [],
): Promise<OutputFiles> => {
  const opened: Opened[] = [];
  const release = (): void => {
    for (const one of opened) one.release();
  };
  try {
    for (const one of wanted) {
      if (one === null) continue;
      const destination = destinationOf(one.path);
      const other = opened.find((before) => isSame(before.destination, destination));
      if (other !== undefined) {
        throw new InputError(
          one.flag,
          `expected another file than that of ${other.wanted.flag}, got "${one.path}"`,
        );
      }
      checkInputs([{ wanted: one, destination }], inputs);
      opened.push(await open(one, destination, force === true));
    }
  } catch (error) {
    release();
    throw error;
  }
  return {
    of: (flag) => opened.find(({ wanted }) => wanted.flag === flag)?.file ?? null,
    checkInputs: (more) => checkInputs(opened, more),
    release,
  };
};

const checkInputs = (outputs: readonly Placed[], inputs: readonly Input[]): void => {
  for (const [flag, path] of inputs) {
    if (path === undefined || statOf(path) === null) continue;
    const input = destinationOfInput(path);
    const taken = outputs.find(({ destination }) => isSame(destination, input));
    const continued = taken?.wanted.continues === true && flag === "--resume";
    if (taken !== undefined && !continued) {
      throw new InputError(
        taken.wanted.flag,
        `expected another file than that of ${flag}, got "${taken.wanted.path}"`,
        "An output never replaces what it is made from.",
      );
    }
  }
};

interface Placed {
  readonly wanted: Wanted;
  readonly destination: Destination;
}

interface Opened extends Placed {
  readonly file: OutputFile;
  release(): void;
}

const open = async (wanted: Wanted, destination: Destination, force: boolean): Promise<Opened> => {
  const { path } = wanted;
  const { real, stat } = destination;
  if (destination.direct) {
    const stream = openStream(real);
    const write = (content: Content) => writeStream(path, stream, content);
    const file = { path, replacesOwn: false, mayGrow: false, write };
    return { wanted, destination, file, release: () => closeStream(stream) };
  }
  const target = { path, real, beside: besideOf(real, "tmp") };
  const locked = await lockOf(wanted, real);
  try {
    const [own, onlySame] = judge(wanted, destination, force);
    probe(wanted, target.beside, stat !== null);
    let expected = stat !== null;
    const write = async (content: Content): Promise<void> => {
      if (locked.lost) throw new InputError(path, "cannot be written: another process took its lock");
      const old = statOf(real);
      // Somebody may have put a file there in the meantime.
      if (!expected) judge(wanted, { ...destination, stat: old }, force);
      expected = true;
      await replace(target, old, content, (beside) => {
        if (!onlySame || old === null) return true;
        if (readFileSync(beside).equals(readFileSync(real))) return false;
        throw refusal(wanted);
      });
    };
    return {
      wanted,
      destination,
      file: { path, replacesOwn: own, mayGrow: true, write },
      release: () => locked.release(),
    };
  } catch (error) {
    locked.release();
    throw error;
  }
};

const lockOf = async ({ path }: Wanted, real: string): Promise<Lock> => {
  try {
    return await lock(path, besideOf(real, "lock"));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unwritable(path, error);
  }
};

const refusal = ({ path, kind }: Wanted): InputError =>
  new InputError(
    path,
    `exists already and is not ${kind.what}`,
    "Nothing was written. Name another file, or replace this one with --force.",
  );

/** Whether a file of its kind is there, and whether only the same bytes may take its place. */
const judge = (
  wanted: Wanted,
  { real, stat }: Destination,
  force: boolean,
): [own: boolean, onlySame: boolean] => {
  // An empty file holds nothing that could be lost.
  if (stat === null || stat.size === 0 || wanted.continues === true || force) return [false, false];
  if (wanted.kind.recognizes(real, stat.size)) return [true, false];
  if (wanted.kind === ARRAY && stat.size === wanted.bytes) return [true, true];
  throw refusal(wanted);
};

/** Writes a little beside the file and removes it: whether there are permission and room. */
const probe = ({ path, bytes = 0 }: Wanted, beside: string, existed: boolean): void => {
  try {
    const file = createBeside(beside);
    try {
      writeAll(file, PROBE);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const { bavail, bsize } = statfsSync(dirname(beside));
    if (bavail * bsize < bytes) throw Object.assign(new Error(), { code: "ENOSPC", syscall: "statfs" });
  } catch (error) {
    throw unwritten(path, error, Math.max(bytes, PROBE.length), existed);
  } finally {
    rmSync(beside, { force: true });
  }
};

const statOf = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
};

/** As an output's; what is not to be written is not looked at for that. */
const destinationOfInput = (path: string): Destination => {
  const stat = statOf(path)!;
  return { path, real: stat.isFile() ? realpathSync(path) : path, stat, direct: !stat.isFile() };
};
