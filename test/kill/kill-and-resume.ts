import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Chance, chance } from "../fuzz/chance.ts";
import { ROOT } from "../sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
/** Flags of a study of so many seeds, each of them a few tenths of a second of work; a part is written every second. */
const flagsOf = (seeds: number): (readonly [flag: string, ...spellings: string[]])[] => [
  ["--init", 'zeros,he,{"name":"orthogonal","gain":1.4}', "zeros,heNormal,orthogonal:1.4"],
  ["--lr", "0.1,0.3", "1e-1,.3"],
  ["--seeds", String(seeds)],
  ["--steps", "10000", "1e4"],
  ["--layers", "2,8x2,1", "2,8,8,1"],
  ["--noise", "0.1", ".10"],
  ["--target", "accuracy=0.9", "accuracy=.9"],
];

/** How often one study is killed at most. */
const MOST_KILLS = 4;

/** The flags in an order by chance, as they were first said or in any spelling that means the same. */
const shuffled = (random: Chance, seeds: number, anew: boolean): string[] =>
  flagsOf(seeds)
    .map(([flag, ...said]) => [random.unit(), flag, said[anew ? random.below(said.length) : 0]!] as const)
    .sort(([a], [b]) => a - b)
    .flatMap(([, flag, text]) => [flag, text]);

const timeless = (path: string): string =>
  readFileSync(path, "utf8").replace(/"elapsedMs":[\d.e+-]+/, '"elapsedMs":0');

/** A study that nothing interrupted. */
export interface Whole {
  readonly seeds: number;
  readonly text: string;
  readonly tookMs: number;
}

export const uninterrupted = (folder: string, seeds: number): Whole => {
  const path = join(folder, "whole.json");
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [MAIN, "compare", ...flagsOf(seeds).flatMap(([flag, text]) => [flag, text!]), "--out", path],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`the study ended with ${status}: ${stderr}`);
  return { seeds, text: timeless(path), tookMs: performance.now() - begun };
};

/**
 * Begins the study with its flags in an order by chance, ends it by SIGKILL at a moment by chance, and goes on in
 * another order and spelling, to be ended up to three times more. What is wrong with what it comes to; how many times it was ended, and
 * whether a part of it was in its file.
 */
export const killAndResume = async (
  folder: string,
  whole: Whole,
  seed: number,
  number: number,
  mostKills = MOST_KILLS,
): Promise<{ faults: string[]; kills: number; parts: number }> => {
  const random = chance(seed, number);
  const path = join(folder, `killed-${number}.json`);
  const faults: string[] = [];
  const most = 1 + random.below(mostKills);
  let [kills, parts] = [0, 0];
  for (let round = 0; ; round++) {
    const goesOn = existsSync(path);
    if (goesOn && kills > 0) parts++;
    const where = goesOn ? ["--resume", path] : ["--out", path];
    const workers = ["--workers", String(1 + random.below(3))];
    const flags = goesOn && random.often(0.5) ? [] : shuffled(random, whole.seeds, goesOn);
    const child = spawn(process.execPath, [MAIN, "compare", ...where, ...workers, ...flags], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (part) => {
      stderr += part;
    });
    const again = round < most;
    const killer = again ? setTimeout(() => child.kill("SIGKILL"), random.unit() * whole.tookMs) : undefined;
    const [status, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on("close", (code, by) => resolve([code, by])),
    );
    clearTimeout(killer);
    if (signal === "SIGKILL") {
      kills++;
      continue;
    }
    if (status !== 0) return { faults: [...faults, `ended with ${status}: ${stderr}`], kills, parts };
    break;
  }
  if (timeless(path) !== whole.text) faults.push("the file is not that of the uninterrupted study");
  const left = readdirSync(folder).filter((name) => name.startsWith(".stepzero-"));
  if (left.length > 0) faults.push(`${left.join(", ")} left`);
  return { faults, kills, parts };
};
