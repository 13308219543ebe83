import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./in-process.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
const folder = mkdtempSync(join(tmpdir(), "stepzero-terminal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const SMALL = [
  "compare",
  "--init",
  "zeros,he",
  "--lr",
  "0.1",
  "--seeds",
  "2",
  "--steps",
  "20",
  "--workers",
  "0",
];
const shell = (command: string) =>
  spawnSync("bash", ["-c", command], {
    encoding: "utf8",
    env: { ...process.env, NODE: process.execPath, MAIN },
  });

test("a stdout that is full is a message and exit 2, also where a part fitted", () => {
  expect(shell('"$NODE" "$MAIN" list > /dev/full')).toMatchObject({
    status: 2,
    stderr: "stdout: cannot be written: the disk is full.\n",
  });
  const { status, stderr } = shell(`ulimit -f 1; "$NODE" "$MAIN" list > '${join(folder, "part")}'`);
  expect([status, stderr]).toEqual([
    2,
    "stdout: cannot be written: it would be larger than the largest file allowed here.\n",
  ]);
});

test("a stderr that nobody takes changes nothing", () => {
  for (const where of ["2>&-", "2>/dev/full", "2> >(exec true; exit)"]) {
    const { status, stdout } = shell(`"$NODE" "$MAIN" lst ${where}; echo $?`);
    expect([status, stdout], where).toEqual([0, "2\n"]);
  }
});

test("a reader that goes away is no fault, and the report is written all the same", async () => {
  const report = join(folder, "report.html");
  const child = spawn(process.execPath, [MAIN, ...SMALL, "--report", report], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (part) => {
    stderr += part;
  });
  expect([await new Promise((resolve) => child.on("close", resolve)), stderr]).toEqual([0, ""]);
  expect(readFileSync(report, "utf8")).toContain('"schema":"stepzero/study@');
});

/** Clears the screen, turns the direction of writing, ends a line, and half of a pair. */
const ACTING = "\u001b[2J\u009b1m\u202e\r\n\u0007\ud800";
/** Whether a text would act on a terminal: it holds more than what shows and ends of lines. */
const acts = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replaceAll("\n", ""));

test("control characters of names, paths, headers and configurations are shown escaped", async () => {
  const table = `a,b\u001b[31m,kind\n1,2,x\n2,1,\u001b[5my\n3,4,x\n4,3,\u001b[5my\n`;
  const data = file("t\u001b[31m\nt.csv", table);
  const runs = [
    ["train", "--steps", "3", "--data", data],
    ["train", "--steps", "3", "--data", data, "--json"],
    ["train", "--steps", "3", "--data", data, "--label", `none${ACTING}`],
    ["train", "--data", `./none${ACTING}.csv`],
    ["train", "--config", file("config.json", JSON.stringify({ [`seeds${ACTING}`]: 1 }))],
    ["train", "--config", file("value.json", JSON.stringify({ engine: ACTING, activation: ACTING }))],
    [`train${ACTING}`],
    ["train", `--steps${ACTING}`, "3"],
    ["train", "--steps", `3${ACTING}`],
    ["train", "--activation", `relu${ACTING}`],
    ["train", "--init", `he${ACTING}`],
    ["explain", `he${ACTING}`],
    ["theory", `x => "${ACTING.replaceAll(/[\r\n]/g, "")}" + y`],
    ["initialize", "--out", join(folder, `w${ACTING.replaceAll("\ud800", "")}.npz`)],
    [...SMALL, "--assert", `he${ACTING}.reached >= 0`],
  ];
  for (const args of runs) {
    const { status, stdout, stderr } = await runHere(...args);
    expect([acts(stdout), acts(stderr)], JSON.stringify(args)).toEqual([false, false]);
    expect(`${stdout}${stderr}`, JSON.stringify(args)).not.toContain("\n\u0007");
    expect([0, 2]).toContain(status);
    expect(status === 2 ? stdout : "", JSON.stringify(args)).toBe("");
  }
  expect((await runHere("train", "--steps", "3", "--data", data)).stdout).toContain("t\\u001b[31m\\nt.csv");
});

test("messages are bounded, whatever they are about", async () => {
  const long = "k".repeat(3_000_000);
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`key${i}`, 1]));
  for (const args of [
    ["train", "--init", long],
    ["train", "--layers", long],
    ["train", "--data", `./${long}.csv`],
    ["train", `--${long}`],
    [long],
    ["explain", long],
    ["train", "--config", file("long.json", JSON.stringify({ [long]: 1 }))],
    ["train", "--config", file("many.json", JSON.stringify(many))],
    ["train", "--config", file("deep.json", `{"init":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)],
    ["train", "--config", file("open.json", "[".repeat(100_000))],
    [
      "compare",
      "--resume",
      file("study.json", `{"schema":"stepzero/study@1","a":${"[".repeat(9e4)}${"]".repeat(9e4)}}`),
    ],
  ]) {
    const begun = performance.now();
    const { status, stdout, stderr } = await runHere(...args);
    expect([status, stdout, stderr.length < 8000], stderr.slice(0, 500)).toEqual([2, "", true]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  }
});

/** Makes of stderr a terminal of so many columns. */
const terminal = (columns: number): string =>
  `const write = (text) => process.stderr.write(text);
  Object.assign(process.stderr, {
    isTTY: true, columns: ${columns}, cursorTo: () => write("cursor "), clearLine: () => write("clear "), moveCursor: () => write("move "),
  });`;

test.each([
  [0, 0],
  [80, 1],
])("a terminal of %s columns is shown how far it is without flooding it", (columns, least) => {
  const preload = `data:text/javascript,${encodeURIComponent(terminal(columns))}`;
  const args = ["--import", preload, MAIN, "train", "--steps", "100000", "--json"];
  const env = { ...process.env, TERM: "xterm", NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: 20_000,
    env,
  });
  expect([status, JSON.parse(stdout).steps]).toEqual([0, 100_000]);
  expect(stderr.length).toBeGreaterThanOrEqual(least);
  expect(stderr.length).toBeLessThan(100_000);
});

test("in a narrow terminal a table is a list of records, each line as wide as it", async () => {
  const { stdout } = process;
  const before = { isTTY: stdout.isTTY, columns: stdout.columns };
  Object.assign(stdout, { isTTY: true, columns: 24 });
  const { TERM, NO_COLOR } = process.env;
  try {
    for (const [term, noColor] of [
      ["dumb", undefined],
      ["xterm", "1"],
    ]) {
      Object.assign(process.env, { TERM: term, NO_COLOR: noColor ?? "" });
      const compared = await runHere(...SMALL, "--lr", "0.1,0.3");
      expect(compared.stdout).toContain("zeros\n  best rate: 0.1\n  reached: 0 of 2\n");
      expect(compared.stdout).not.toMatch(/[┌│]/);
      expect(compared.stdout).not.toContain("\u001b");
    }
    Object.assign(process.env, { TERM: "xterm", NO_COLOR: "" });
    const coloured = await runHere("list", "engines");
    expect(coloured.stdout).toContain("\u001b[1mwasm\u001b[22m\n");
  } finally {
    Object.assign(stdout, before);
    for (const [name, value] of Object.entries({ TERM, NO_COLOR })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
