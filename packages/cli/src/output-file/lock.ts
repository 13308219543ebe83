import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { constants, hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "@stepzero/core";
import { beganAt, isAlive } from "./process-life.ts";

/**
 * proper-lockfile without the listeners for signals that it brings. A signal that is listened for no longer ends a
 * process that is busy; without them it does, and the lock that it leaves is taken over.
 */
const locking = async (): Promise<typeof import("proper-lockfile")> => {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  const { default: lockfile } = await import("proper-lockfile");
  for (const signal of SIGNALS) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)!.includes(listener)) process.off(signal, listener);
    }
  }
  return lockfile;
};

const SIGNALS = Object.keys(constants.signals).filter(
  (name) => name !== "SIGKILL" && name !== "SIGSTOP",
) as NodeJS.Signals[];

/** Who holds a lock: a file in the lock's folder. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly began: string | null;
  readonly since: string;
}

/** Milliseconds without a sign of life after which the lock of a process on another machine is taken over. */
const STALE = 120_000;

const ownerFile = (folder: string): string => join(folder, "owner.json");

const ownerOf = (folder: string): Owner | null => {
  try {
    return JSON.parse(readFileSync(ownerFile(folder), "utf8")) as Owner;
  } catch {
    return null;
  }
};

/** The lock's folder comes with a note of who made it, both at once, and goes with it. */
const withOwner = {
  mkdirSync: (folder: string) => {
    const aside = `${folder}-${process.pid}`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside);
    const owner: Owner = {
      pid: process.pid,
      host: hostname(),
      began: beganAt(),
      since: new Date().toISOString(),
    };
    writeFileSync(ownerFile(aside), JSON.stringify(owner));
    try {
      renameSync(aside, folder);
    } catch (error) {
      rmSync(aside, { recursive: true, force: true });
      const { code } = error as NodeJS.ErrnoException;
      throw code === "ENOTEMPTY" ? Object.assign(error as Error, { code: "EEXIST" }) : error;
    }
  },
  rmdirSync: (folder: string) => {
    const aside = `${folder}-${process.pid}`;
    renameSync(folder, aside);
    rmSync(aside, { recursive: true, force: true });
  },
  realpathSync,
  statSync,
  utimesSync,
};

/** Removes a lock whose process is gone, unless somebody else has done so and locked again. */
const takeOver = (folder: string, dead: Owner): void => {
  const aside = `${folder}-${process.pid}`;
  try {
    renameSync(folder, aside);
    const moved = ownerOf(aside);
    if (moved !== null && (moved.pid !== dead.pid || moved.since !== dead.since)) renameSync(aside, folder);
    else rmSync(aside, { recursive: true, force: true });
  } catch {
    // Somebody else was faster.
  }
};

export interface Lock {
  /** Whether it was lost to somebody who took this process for dead. */
  readonly lost: boolean;
  release(): void;
}

const refusal = (path: string, owner: Owner | null): InputError => {
  const who = owner === null ? "another process" : `process ${owner.pid}`;
  const where = owner === null || owner.host === hostname() ? "" : ` on ${owner.host}`;
  const since = owner === null ? "" : `, since ${owner.since}`;
  return new InputError(
    path,
    `is being written by ${who}${where}${since}`,
    "Wait until that has ended, or name another file.",
  );
};

/** Refuses where a living process holds the lock in `folder`; `path` is what it stands for. */
export const checkUnlocked = async (path: string, folder: string): Promise<void> => {
  const owner = ownerOf(folder);
  if (owner?.host === hostname()) {
    if (isAlive(owner.pid, owner.began)) throw refusal(path, owner);
    return;
  }
  const lockfile = await locking();
  const locked = lockfile.checkSync(path, { lockfilePath: folder, realpath: false, stale: STALE });
  if (locked) throw refusal(path, owner);
};

/**
 * Locks `path` by making `folder`. Refuses where a living process holds it, with who that is. The lock goes with the
 * process if it is not released before.
 */
export const lock = async (path: string, folder: string): Promise<Lock> => {
  await checkUnlocked(path, folder);
  const dead = ownerOf(folder);
  if (dead?.host === hostname()) takeOver(folder, dead);
  const lockfile = await locking();
  let lost = false;
  let unlock: () => void;
  try {
    unlock = lockfile.lockSync(path, {
      lockfilePath: folder,
      realpath: false,
      stale: STALE,
      fs: withOwner,
      onCompromised: () => {
        lost = true;
      },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOCKED") throw refusal(path, ownerOf(folder));
    throw error;
  }
  return {
    get lost() {
      return lost;
    },
    release: () => {
      try {
        if (!lost) unlock();
      } catch {
        // The folder was removed by hand.
      }
    },
  };
};
