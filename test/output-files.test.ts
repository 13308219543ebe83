import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { zipSync } from "fflate";
import { beforeEach, expect, test } from "vitest";
import { runHere } from "./in-process.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepzero-outputs-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

const SMALL = ["--init", "he", "--lr", "0.1", "--seeds", "2", "--steps", "20", "--workers", "0"];
const LONG = [...SMALL, "--seeds", "2000", "--steps", "30000"];
const compare = (...args: string[]) => runHere("compare", ...SMALL, ...args);
const file = (name: string, text?: string | Uint8Array): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const read = (path: string): string => readFileSync(path, "utf8");
const isStudy = (path: string): boolean => read(path).startsWith('{"schema":"stepzero/study@');
const TABLE = "a,b,kind\n1,2,x\n2,1,y\n3,4,x\n4,3,y\n1,4,x\n4,1,y\n2,3,x\n3,2,y\n";

test("an output that is an input is refused, by any of its names and whatever is forced", async () => {
  const table = file("my.csv", TABLE);
  const config = file("config.json", '{ "seeds": 1 }');
  linkSync(table, file("hard.csv"));
  symlinkSync(table, file("soft.csv"));
  for (const flag of ["--out", "--report"]) {
    for (const path of [
      table,
      file("hard.csv"),
      file("soft.csv"),
      `${folder}/../${basename(folder)}/my.csv`,
    ]) {
      const { status, stdout, stderr } = await compare("--data", table, flag, path, "--force");
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`${flag}: expected another file than that of --data, got "${path}"`);
    }
    const { status, stderr } = await compare("--config", config, flag, config, "--force");
    expect([status, stderr]).toEqual([2, expect.stringContaining("than that of --config")]);
  }
  const named = file("named.json", JSON.stringify({ data: table }));
  const { status, stderr } = await compare("--config", named, "--out", table, "--force");
  expect([status, stderr]).toEqual([2, expect.stringContaining("than that of --data")]);
  const twice = await compare("--out", file("one"), "--report", file("one"));
  expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining("than that of --out")]);
  expect([read(table), read(config)]).toEqual([TABLE, '{ "seeds": 1 }']);
  expect(readdirSync(folder).sort()).toEqual(["config.json", "hard.csv", "my.csv", "named.json", "soft.csv"]);
});

test.each([
  ["compare", ["--out"], "a study of stepzero's"],
  ["compare", ["--report"], "a report of stepzero's"],
  ["train", ["--report"], "a report of stepzero's"],
  ["reproduce", ["course", "--report"], "a report of stepzero's"],
])("%s %j replaces no file of another kind", async (command, flags, what) => {
  const notes = file("notes.txt", "hours of work");
  const { status, stdout, stderr } = await runHere(command, ...flags, notes);
  expect([status, stdout, stderr]).toEqual([
    2,
    "",
    `${notes}: exists already and is not ${what}.\n  Nothing was written. Name another file, or replace this one with --force.\n`,
  ]);
  expect([read(notes), readdirSync(folder)]).toEqual(["hours of work", ["notes.txt"]]);
});

test("--force lets an output replace a file of another kind, and an empty file needs none", async () => {
  const notes = file("notes.txt", "hours of work");
  expect((await compare("--out", notes, "--force")).status).toBe(0);
  expect(isStudy(notes)).toBe(true);
  expect((await compare("--out", file("empty", ""))).status).toBe(0);
  expect(isStudy(file("empty"))).toBe(true);
});

test("a study is replaced by the same configuration alone", async () => {
  const path = file("study.json");
  expect((await compare("--out", path)).status).toBe(0);
  const before = read(path);
  expect((await compare("--out", path)).status).toBe(0);
  const other = await compare("--out", path, "--seed", "7");
  expect([other.status, other.stdout]).toEqual([2, ""]);
  expect(other.stderr).toContain(
    "holds a study of another configuration.\n  seed: 0 in the file, 7 asked for",
  );
  expect(other.stderr).toContain("--force");
  expect(read(path).replace(/"elapsedMs":[\d.]+/, "")).toBe(before.replace(/"elapsedMs":[\d.]+/, ""));
  const report = await compare("--report", path);
  expect([report.status, report.stderr]).toEqual([2, expect.stringContaining("is not a report")]);
  writeFileSync(path, before.replace('"seed":1', '"seed":9'));
  const edited = await compare("--out", path);
  expect([edited.status, edited.stderr]).toEqual([2, expect.stringContaining("cannot be read")]);
});

test("files of tensors are replaced where stepzero wrote them", async () => {
  const marked = [file("a.safetensors"), file("a.npz")];
  for (const path of marked) {
    expect((await runHere("initialize", "--out", path)).status).toBe(0);
    const first = readFileSync(path);
    expect((await runHere("initialize", "--out", path, "--seed", "1")).status).toBe(0);
    expect(readFileSync(path).equals(first)).toBe(false);
  }
  const others = [
    file("b.npz", zipSync({ "w.npy": Uint8Array.of(1, 2, 3) })),
    file("c.npz", "notes"),
    file("b.safetensors", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d)),
  ];
  for (const path of others) {
    const before = readFileSync(path);
    const { status, stderr } = await runHere("initialize", "--out", path);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("is not a file that stepzero initialize wrote"),
    ]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect((await runHere("initialize", "--out", path, "--force")).status).toBe(0);
  }
});

test("an array is drawn again over its own bytes, and over no others", async () => {
  const path = file("w.npy");
  const draw = (...args: string[]) => runHere("draw", "he", "--shape", "5,7", "--out", path, ...args);
  expect((await draw()).status).toBe(0);
  const before = readFileSync(path);
  expect((await draw()).status).toBe(0);
  for (const args of [
    ["--seed", "1"],
    ["--dtype", "float64"],
  ]) {
    const { status, stdout, stderr } = await draw(...args);
    expect([status, stdout, stderr]).toEqual([
      2,
      "",
      expect.stringContaining("is not the array that was drawn"),
    ]);
  }
  expect(readFileSync(path).equals(before)).toBe(true);
  expect((await draw("--seed", "1", "--force")).status).toBe(0);
  expect(readdirSync(folder)).toEqual(["w.npy"]);
});

test("symbolic links are followed, permissions and hard links are kept", async () => {
  const real = file("real.json");
  symlinkSync("real.json", file("link.json"));
  expect((await compare("--out", file("link.json"))).status).toBe(0);
  expect(lstatSync(file("link.json")).isSymbolicLink()).toBe(true);
  expect(isStudy(real)).toBe(true);
  chmodSync(real, 0o640);
  expect((await compare("--out", file("link.json"))).status).toBe(0);
  expect(statSync(real).mode & 0o777).toBe(0o640);

  for (const size of [10, 1_000_000]) {
    const one = file("one.txt", "x".repeat(size));
    linkSync(one, file("two.json"));
    expect((await compare("--out", one, "--force")).status).toBe(0);
    expect(statSync(one).nlink).toBe(2);
    expect(read(file("two.json"))).toBe(read(one));
    expect(JSON.parse(read(one)).complete).toBe(true);
    rmSync(file("two.json"));
  }
});

test("a pipe gets the study from the one who reads it, and is refused at once where nobody does", async () => {
  const pipe = file("pipe");
  execFileSync("mkfifo", [pipe]);
  const { status, stdout, stderr } = await compare("--out", pipe);
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining("nothing reads from it")]);
  const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  reader.stdout.on("data", (part) => {
    text += part;
  });
  const ended = new Promise((resolve) => reader.on("close", resolve));
  await expect.poll(async () => (await compare("--out", pipe)).status).toBe(0);
  await ended;
  expect(JSON.parse(text).complete).toBe(true);
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

test("a pipe that is read does not hang where nobody writes into it", async () => {
  const pipe = file("pipe.csv");
  execFileSync("mkfifo", [pipe]);
  for (const args of [
    ["train", "--config", pipe],
    ["train", "--data", pipe],
    ["compare", "--resume", pipe],
    ["studio", pipe],
    ["studio", folder],
  ]) {
    const { status, stdout, stderr } = await runHere(...args);
    expect([status, stdout, stderr.length > 0], args.join(" ")).toEqual([2, "", true]);
  }
  const command = `'${process.execPath}' '${MAIN}' train --json --config <(sleep 0.2; echo '{ "steps": 7 }')`;
  const { status, stdout } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect([status, JSON.parse(stdout).steps]).toEqual([0, 7]);
});

test("what is not a file is written directly or refused", async () => {
  for (const flag of ["--out", "--report"]) {
    expect((await compare(flag, "/dev/null")).status).toBe(0);
    for (const device of ["/dev/full", "/dev/zero", "/dev/urandom"]) {
      const { status, stdout, stderr } = await compare(flag, device, "--force");
      expect([status, stdout, stderr]).toEqual([
        2,
        "",
        expect.stringContaining(`${device}: cannot be written: it is a device`),
      ]);
      expect(lstatSync(device).isCharacterDevice()).toBe(true);
    }
  }
  const refused = await compare("--out", folder);
  expect([refused.status, refused.stdout, refused.stderr]).toEqual([
    2,
    "",
    expect.stringContaining("it is a folder"),
  ]);
});

test("names of any length that the system takes are written, longer ones refused", async () => {
  const long = `${"ü".repeat(125)}.json`;
  expect((await compare("--out", file(long))).status).toBe(0);
  expect(isStudy(file(long))).toBe(true);
  const { status, stdout, stderr } = await compare("--out", file("n".repeat(256)));
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining("name is longer")]);
  const nowhere = await compare("--out", join(folder, "none", "a.json"));
  expect([nowhere.status, nowhere.stderr]).toEqual([
    2,
    expect.stringContaining(`no such file or folder: ${join(folder, "none")}`),
  ]);
  expect(readdirSync(folder)).toEqual([long]);
});

test("a folder without permission to write is refused before anything is computed", () => {
  const path = join(folder, "closed");
  mkdirSync(path, { mode: 0o555 });
  chmodSync(folder, 0o755);
  // Root may write anywhere.
  const own = process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, "compare", "--steps", "100000000", "--out", join(path, "a.json")],
    { encoding: "utf8", timeout: 20_000, ...own },
  );
  expect([status, stdout, stderr]).toEqual([
    2,
    "",
    expect.stringContaining("cannot be written: permission denied"),
  ]);
});

test("what does not fit is told with path and bytes, the results are on stderr, and the old file stays", () => {
  const path = file("study.json", "old");
  const command = `ulimit -f 16; exec '${process.execPath}' '${MAIN}' compare ${SMALL.join(" ")} --seeds 30 --force --out '${path}'`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect(stderr).toMatch(
    /study\.json: cannot be written: it would be larger.*\n {2}It takes [\d,]+ bytes\. The old file/,
  );
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Each initialization at its best learning rate");
  expect([read(path), readdirSync(folder)]).toEqual(["old", ["study.json"]]);
});

test("who writes a file has it alone; the lock of a process that is gone is taken over", async () => {
  const path = file("study.json");
  const child = spawn(process.execPath, [MAIN, "compare", ...LONG, "--out", path]);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const lock = (): string | undefined => readdirSync(folder).find((name) => name.endsWith(".lock"));
  await expect.poll(lock, { timeout: 20_000 }).toBeDefined();
  const { status, stdout, stderr } = await compare("--out", path);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`is being written by process ${child.pid}, since `);
  await expect.poll(() => readdirSync(folder).includes("study.json"), { timeout: 20_000 }).toBe(true);
  for (const args of [[], ["--out", file("other.json")]]) {
    const resumed = await runHere("compare", "--resume", path, ...args);
    expect([resumed.status, resumed.stderr]).toEqual([2, expect.stringContaining(`process ${child.pid}`)]);
  }
  child.kill("SIGKILL");
  await ended;
  expect(lock()).toBeDefined();
  const after = await compare("--out", path, "--force");
  expect([after.status, after.stderr]).toEqual([0, ""]);
  expect(readdirSync(folder)).toEqual(["study.json"]);
});

test("a lock of this machine whose number now belongs to another process is taken over", async () => {
  const path = file("study.json");
  expect((await compare("--out", path)).status).toBe(0);
  const child = spawn(process.execPath, [
    MAIN,
    "compare",
    ...SMALL,
    "--steps",
    "3000000",
    "--force",
    "--out",
    path,
  ]);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const lock = (): string | undefined => readdirSync(folder).find((name) => name.endsWith(".lock"));
  await expect.poll(lock, { timeout: 20_000 }).toBeDefined();
  child.kill("SIGKILL");
  await ended;
  const owner = join(folder, lock()!, "owner.json");
  const { began } = JSON.parse(read(owner));
  const reused = { pid: process.pid, host: hostname(), began: began === null ? null : "1", since: "then" };
  writeFileSync(owner, JSON.stringify(reused));
  const { status } = await compare("--out", path);
  expect(status).toBe(began === null ? 2 : 0);
});
