import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStudy } from "@stepzero/format";
import { afterAll, expect, test } from "vitest";
import { compareCommand } from "../packages/cli/src/commands/compare.ts";
import { runHere } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-canonical-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const timeless = (path: string): string =>
  readFileSync(path, "utf8").replace(/"elapsedMs":[\d.e+-]+/, '"elapsedMs":0');

const FLAGS = [
  ["--init", 'he,{"name":"orthogonal","gain":1.5}'],
  ["--lr", "0.1"],
  ["--seeds", "2"],
  ["--steps", "30"],
  ["--layers", "2,4x2,1"],
  ["--noise", "0.1"],
  ["--batch", "20"],
  ["--target", "accuracy=0.9"],
  ["--unpaired"],
  ["--workers", "0"],
];

test("one study comes out as the same bytes, in whatever order and form it is asked for", async () => {
  const paths = [file("a.json"), file("b.json"), file("c.json"), file("d.json")];
  const runs = [
    FLAGS.flat(),
    FLAGS.toReversed().flat(),
    FLAGS.with(0, ["--init", 'he,{"gain":1.5,"name":"orthogonal"}']).with(4, ["--layers", "2,4,4,1"]).flat(),
  ];
  for (const [i, flags] of runs.entries()) {
    expect(await runHere("compare", ...flags, "--out", paths[i]!)).toMatchObject({ status: 0, stderr: "" });
  }
  const config = file(
    "config.json",
    JSON.stringify({
      unpaired: true,
      workers: 1,
      lr: 0.1,
      layers: "2,4x2,1",
      target: "accuracy=0.9",
      init: ["he", { gain: 1.5, name: "orthogonal" }],
      noise: 0.1,
      batch: 20,
      steps: 30,
      seeds: 2,
    }),
  );
  expect((await runHere("compare", "--config", config, "--out", paths[3]!)).status).toBe(0);
  for (const path of paths.slice(1)) expect(timeless(path)).toBe(timeless(paths[0]!));
  // Resumed with its flags in another order it is the same file too.
  expect((await runHere("compare", ...FLAGS.toReversed().flat(), "--resume", paths[0]!)).status).toBe(0);
  expect(timeless(paths[0]!)).toBe(timeless(paths[1]!));
});

/** Values at the ends of what a flag might take, and beyond. */
const EXTREMES = [
  ...["0", "-0", "1", "-1", "0.5", "3", "1e-320", "1e308", "1e309", "2e12", "4294967295", "4294967296"],
  ...["9007199254740991", "NaN", "Infinity", "", " ", "\\t", "\t", "\n", ",", ";", '"', "abc", "\u0000"],
  ...["\ud800", "é", "🎲", "full", "accuracy=1", "accuracy=1.5", "loss=0", "loss=1e400", "he", "he,he"],
  ...["__proto__", '{"name":"he"}', '{"name":"he","gain":1e999}', "2,1", "2,3,1", "2,,1", "circles", "x.csv"],
];
/** What a flag gets beside what all of them get. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  engine: ["wasm", "fast", "reference"],
  generator: ["numpy"],
  loss: ["mse", "bce", "softmax"],
  data: ["moons", "xor", "blobs", "spirals"],
  activation: ["tanh", "leakyRelu:0.2"],
};
/** Flags that name files, and those whose large values are refused elsewhere or take long. */
const LEFT_OUT = ["out", "resume", "report", "config", "json", "format", "assert", "force"];
const BASE: Readonly<Record<string, string>> = {
  init: "he",
  lr: "0.1",
  seeds: "1",
  steps: "3",
  samples: "20",
  workers: "0",
};
const TAKES_LONG: Readonly<Record<string, number>> = {
  steps: 1000,
  epochs: 1000,
  seeds: 100,
  samples: 1e5,
  testSamples: 1e5,
};

test("whatever a flag says is refused before training, or written as a study that can be read and resumed", async () => {
  let [accepted, refused] = [0, 0];
  for (const option of compareCommand(() => {}).options) {
    const name = option.attributeName();
    if (LEFT_OUT.includes(name)) continue;
    const values = option.required ? [...EXTREMES, ...(NAMED[name] ?? [])] : [null];
    for (const value of values) {
      const large = TAKES_LONG[name];
      if (value !== null && large !== undefined && Number(value) > large && Number(value) <= 1e12) continue;
      const path = file("extreme.json");
      rmSync(path, { force: true });
      const base = Object.entries(BASE).flatMap(([key, one]) =>
        key === name || (key === "steps" && name === "epochs") ? [] : [`--${key}`, one],
      );
      const said = value === null ? [option.long!] : [`${option.long!}=${value}`];
      const { status, stdout, stderr } = await runHere("compare", ...base, ...said, "--out", path);
      const what = `${said}: ${stderr}`;
      if (status === 2) {
        refused++;
        expect([stdout, readdirSync(folder).includes("extreme.json"), stderr.length > 0], what).toEqual([
          "",
          false,
          true,
        ]);
        continue;
      }
      accepted++;
      expect([status, stderr], what).toEqual([0, ""]);
      const study = readStudy(path, readFileSync(path, "utf8"));
      expect(study.complete, what).toBe(true);
      // Each fifth is resumed: that takes most of the time.
      if (accepted % 5 !== 0) continue;
      const before = timeless(path);
      expect((await runHere("compare", "--resume", path, "--workers", "0")).status, what).toBe(0);
      expect(timeless(path), what).toBe(before);
    }
  }
  expect(accepted).toBeGreaterThan(60);
  expect(refused).toBeGreaterThan(400);
}, 60_000);
