import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runHere } from "../in-process.ts";
import { fileOf } from "./file.ts";
import type { FuzzFolder } from "./folder.ts";
import { faultsOf, type Judged } from "./judge.ts";
import { lineOf } from "./line.ts";

export type Kind = "line" | "file";

export interface Case {
  readonly line: readonly string[];
  readonly status: number | null;
  readonly faults: readonly string[];
}

/** The command line of a case; its file is written. */
export const prepared = (folder: FuzzFolder, kind: Kind, seed: number, number: number): string[] => {
  const { fixtures, flags, originals } = folder;
  if (kind === "line") return lineOf(seed, number, flags, fixtures);
  const { name, bytes, line } = fileOf(seed, number, fixtures, originals);
  const path = join(fixtures.folder, name);
  rmSync(path, { force: true });
  writeFileSync(path, bytes);
  return line.map((part) => part.replace("FILE", path));
};

/** What changed in the folder while something ran. */
export const watched = async <T extends Omit<Judged, "changed">>(
  folder: FuzzFolder,
  run: () => T | Promise<T>,
): Promise<Judged> => {
  const before = folder.state();
  const ended = await run();
  const after = folder.state();
  const names = new Set([...before.keys(), ...after.keys()]);
  return { ...ended, changed: [...names].filter((name) => before.get(name) !== after.get(name)) };
};

/** Runs a case in this process. What serves until it is interrupted is. */
export const runCase = async (
  folder: FuzzFolder,
  kind: Kind,
  seed: number,
  number: number,
): Promise<Case> => {
  if (number % 50 === 0) folder.reset();
  const line = prepared(folder, kind, seed, number);
  const interrupt = line[0] === "studio" ? setInterval(() => process.emit("SIGINT"), 20) : undefined;
  // Without a listener of the command's own it would go nowhere.
  const ended = await watched(folder, () => runHere(...line));
  clearInterval(interrupt);
  return { line, status: ended.status, faults: faultsOf(ended) };
};
