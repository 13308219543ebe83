import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../packages/cli/src/program.ts";
import { runHere } from "../in-process.ts";
import type { Originals } from "./file.ts";
import type { Flags } from "./line.ts";
import type { Fixtures } from "./values.ts";

const ROWS = Array.from(
  { length: 24 },
  (_, i) => `${(i * 7) % 10},${(i * 3) % 11},${i % 2 === 0 ? "x" : "y"}`,
);
const TABLE = `a,b,kind\n${ROWS.join("\n")}\n`;

export interface FuzzFolder {
  readonly fixtures: Fixtures;
  readonly originals: Originals;
  readonly flags: Flags;
  /** Puts every file back as it was. */
  reset(): void;
  /** What is in it, to be compared before and after a command. */
  state(): Map<string, string>;
  remove(): void;
}

/** A folder with what cases use; the process works in it, for what they name is written there. */
export const fuzzFolder = async (): Promise<FuzzFolder> => {
  const folder = mkdtempSync(join(tmpdir(), "stepzero-fuzz-"));
  const path = (name: string): string => join(folder, name);
  const before = process.cwd();
  process.chdir(folder);
  const study = [
    "--init=he",
    "--lr=0.1",
    "--seeds=1",
    "--steps=3",
    "--samples=10",
    "--test-samples=5",
    "--workers=0",
  ];
  await runHere("compare", ...study, `--out=${path("study.json")}`);
  const originals = { study: readFileSync(path("study.json"), "utf8"), table: TABLE };
  const root = await program([], () => {});
  const flags = Object.fromEntries(
    root.commands.map((command) => [
      command.name(),
      command.options.flatMap(({ long, required, optional }) =>
        long === undefined || long === null ? [] : [{ long, takes: required || optional }],
      ),
    ]),
  );
  const files: Readonly<Record<string, string>> = {
    "study.json": originals.study,
    "table.csv": TABLE,
    "config.json": '{ "seeds": 1, "steps": 3, "init": "he", "lr": 0.1 }',
    "notes.txt": "hours of work",
    "empty.json": "",
  };
  const reset = (): void => {
    for (const name of readdirSync(folder)) {
      if (name !== "pipe") rmSync(path(name), { recursive: true, force: true });
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
    mkdirSync(path("folder"));
    symlinkSync("loop", path("loop"));
    symlinkSync("notes.txt", path("link"));
    symlinkSync("nowhere", path("dangling"));
    if (!existsSync(path("pipe"))) execFileSync("mkfifo", [path("pipe")]);
  };
  reset();
  const others = ["notes.txt", "empty.json", "folder", "loop", "link", "dangling", "pipe"].map(path);
  return {
    fixtures: {
      folder,
      table: path("table.csv"),
      config: path("config.json"),
      study: path("study.json"),
      others,
    },
    originals,
    flags,
    reset,
    state: () =>
      new Map(
        readdirSync(folder).map((name) => {
          const { size, mtimeMs, ino } = lstatSync(path(name));
          return [name, `${size} ${mtimeMs} ${ino}`];
        }),
      ),
    remove: () => {
      process.chdir(before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
