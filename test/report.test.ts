import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStudy, summaryOf } from "@stepzero/format";
import { afterAll, expect, test } from "vitest";
import { injected } from "../packages/cli/src/studio/injected.ts";
import { startInterruptible } from "./interruptible.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
const folder = mkdtempSync(join(tmpdir(), "stepzero-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const stepzero = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" });

/** The study in a report, as its page reads it. */
const studyIn = (path: string) => {
  const text = readFileSync(path, "utf8").match(
    /<script type="application\/json" id="study">([^<]+)<\/script>/,
  )?.[1];
  return readStudy(path, text!);
};

const SMALL = ["--init", "zeros,he", "--lr", "0.1,0.3", "--seeds", "3", "--steps", "300"];

test("compare writes its study into a page, and says where", () => {
  const { status, stdout, stderr } = stepzero("compare", ...SMALL, "--report", "a.html", "--out", "a.json");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("Report: a.html");
  const inReport = studyIn(file("a.html"));
  const kept = readStudy("a.json", readFileSync(file("a.json"), "utf8"));
  expect({ ...inReport, hash: "" }).toEqual({ ...kept, hash: "" });
  expect(summaryOf("a.json", kept).initializations.map(({ id }) => id)).toEqual(["zeros", "he"]);
  expect(inReport.data.points!.train.x).toHaveLength(600);
});

test("with --json stdout is the one object, and the report is written", () => {
  const { stdout } = stepzero("compare", ...SMALL, "--report", "json.html", "--json");
  expect(JSON.parse(stdout).schema).toBe("stepzero/compare@1");
  expect(studyIn(file("json.html")).complete).toBe(true);
});

test("a finished study becomes a report without training", () => {
  expect(stepzero("compare", ...SMALL, "--out", "b.json").status).toBe(0);
  const before = readFileSync(file("b.json"), "utf8");
  expect(stepzero("compare", "--resume", "b.json", "--report", "b.html").status).toBe(0);
  expect(studyIn(file("b.html")).layers).toEqual(readStudy("b.json", before).layers);
});

test("train writes a study of its one run", () => {
  const args = ["train", "--init", "he", "--lr", "0.1", "--steps", "200", "--seed", "3"];
  const { status, stdout } = stepzero(...args, "--report", "train.html");
  expect([status, stdout.includes("Report: train.html")]).toEqual([0, true]);
  const study = studyIn(file("train.html"));
  expect([study.command, study.runs.length, study.complete]).toEqual(["train", 1, true]);
  const { train, history } = JSON.parse(stepzero(...args, "--json").stdout);
  expect(study.runs[0]!.outcome.train).toEqual(train);
  const losses = study.steps.map((step) => history.trainLoss[history.step.indexOf(step)]);
  expect(study.runs[0]!.columns.trainLoss).toEqual(Float32Array.from(losses));
  expect(study.asked).toMatchObject({ init: ["he"], lr: [0.1], seed: 3 });
});

test("reproduce writes its runs and every check", () => {
  const { status } = stepzero("reproduce", "course", "--report", "course.html");
  expect(status).toBe(0);
  const study = studyIn(file("course.html"));
  const { checks, passed } = study.reproduction!;
  expect([study.command, study.runs.length, passed]).toEqual(["reproduce", 3, true]);
  for (const { what, measured } of checks.filter((check) => /^he: cost at step/.test(check.what))) {
    const at = study.steps.indexOf(Number(what.split(" ").at(-1)));
    const he = study.runs.find(({ initialization }) => initialization === "he")!;
    expect(at).toBeGreaterThanOrEqual(0);
    expect(Math.abs(he.columns.trainLoss[at]! - measured)).toBeLessThan(1e-6);
  }
});

test.each([
  ["train", "--steps", "100000000"],
  ["compare", "--steps", "100000", "--workers", "2"],
  ["reproduce", "course"],
])("Ctrl-C on %s leaves a report of what is done", async (...args) => {
  const path = file(`${args[0]}-interrupted.html`);
  const { child, ended } = await startInterruptible([MAIN, ...args, "--report", path], folder);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(studyIn(path).complete).toBe(false);
});

test("a report that cannot be written is refused before anything is computed, and nothing is left", () => {
  mkdirSync(file("taken"));
  const before = readdirSync(folder).sort();
  const long = ["--steps", "100000000"];
  for (const [path, reason] of [
    ["taken", "it is a folder"],
    ["nowhere/a.html", "there is no such file or folder"],
  ] as const) {
    for (const command of [
      ["compare", ...long],
      ["train", ...long],
      ["reproduce", "course"],
    ]) {
      const { status, stdout, stderr } = stepzero(...command, "--report", path);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`${path}: cannot be written: ${reason}`);
    }
  }
  const same = stepzero("compare", ...long, "--out", "same.html", "--report", "./same.html");
  expect([same.status, same.stderr]).toEqual([
    2,
    '--report: expected another file than that of --out, got "./same.html".\n',
  ]);
  expect(readdirSync(folder).sort()).toEqual(before);
});

test("bad input leaves no report", () => {
  const { status } = stepzero("train", "--init", "heNorml", "--report", "none.html");
  expect([status, existsSync(file("none.html"))]).toEqual([2, false]);
});

test("what a file is called cannot end the element that holds the study", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2},${(i * 7) % 5},${i % 2}`);
  const name = "a<script>alert(1)<!--.csv";
  writeFileSync(file(name), `x,y,kind\n${rows.join("\n")}\n`);
  const { status } = stepzero("train", "--data", name, "--steps", "20", "--report", "hostile.html");
  expect(status).toBe(0);
  expect(readFileSync(file("hostile.html"), "utf8")).not.toContain("<script>alert");
  expect(studyIn(file("hostile.html")).data.name).toBe(name);
});

test("a page with no place for the study, or two, is a fault", () => {
  const place = '<script type="application/json" id="study"></script>';
  expect(injected(`<p>${place}</p>`, '{"a":"</script>$&"}\n')).toBe(
    '<p><script type="application/json" id="study">{"a":"\\u003c/script>$&"}</script></p>',
  );
  for (const page of ["", place + place]) expect(() => injected(page, "{}")).toThrow("expected one");
});

test("where the report cannot be kept in the end, the results are on stderr and stdout is empty", async () => {
  const inside = file("gone");
  mkdirSync(inside);
  const args = ["train", "--steps", "100000000", "--report", join(inside, "a.html")];
  const { child, stdout, stderr, ended } = await startInterruptible([MAIN, ...args], folder);
  rmSync(inside, { recursive: true });
  child.kill("SIGINT");
  expect(await ended).toBe(2);
  expect(stdout()).toBe("");
  expect(stderr()).toContain("interrupted after");
  expect(stderr()).toContain("cannot be written: there is no such file or folder");
});
