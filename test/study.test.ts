import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere as stepzero } from "./in-process.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
const folder = mkdtempSync(join(tmpdir(), "stepzero-study-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text?: string | Uint8Array): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
/** A study's text without the time that it took. */
const timeless = (path: string): string =>
  readFileSync(path, "utf8").replace(/"elapsedMs":[\d.e+-]+/, '"elapsedMs":0');

const COMPARE = [
  "compare",
  "--init",
  "zeros,he,glorot",
  "--lr",
  "0.1,0.3",
  "--seeds",
  "8",
  "--steps",
  "20000",
];

test("killed in the middle and resumed, a study is that of an uninterrupted run, with any number of workers", async () => {
  const whole = file("whole.json");
  expect((await stepzero(...COMPARE, "--out", whole, "--workers", "1")).status).toBe(0);
  expect((await stepzero(...COMPARE, "--out", file("two.json"), "--workers", "2")).status).toBe(0);
  expect(timeless(file("two.json"))).toBe(timeless(whole));

  const killed = file("killed.json");
  const child = spawn(process.execPath, [MAIN, ...COMPARE, "--workers", "1", "--out", killed], {
    cwd: folder,
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const begun = Date.now();
  while (!(existsSync(killed) && readFileSync(killed, "utf8").length > 100) && Date.now() - begun < 30_000) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  await ended;
  const before = JSON.parse(readFileSync(killed, "utf8"));
  expect(before.complete).toBe(false);
  expect(before.runs.length).toBeGreaterThan(0);
  const { status, stderr } = await stepzero("compare", "--resume", killed, "--workers", "3");
  expect([status, stderr]).toEqual([0, ""]);
  expect(timeless(killed)).toBe(timeless(whole));
}, 120_000);

test("a changed configuration is refused, naming what changed; so is an edited or truncated file", async () => {
  const path = file("small.json");
  expect(
    (await stepzero("compare", "--init", "he", "--lr", "0.1", "--seeds", "2", "--steps", "20", "--out", path))
      .status,
  ).toBe(0);
  const text = readFileSync(path, "utf8");
  const refused = async (content: string, ...args: string[]) => {
    const { status, stdout, stderr } = await stepzero(
      "compare",
      "--resume",
      file("other.json", content),
      ...args,
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(readFileSync(file("other.json"), "utf8")).toBe(content);
    return stderr;
  };
  expect(await refused(text, "--seeds", "3")).toContain("seeds: 2 in the file, 3 asked for");
  // Refused at once: nothing of the hundred million steps is done.
  expect(await refused(text, "--steps", "100000000")).toContain("training.steps: 20 in the file");
  expect(await refused(text, "--data-seed", "9")).toContain("data: the points are not the same");
  expect(await refused(text.replace('"seed":1', '"seed":7'))).toContain("was changed after it was written");
  expect(await refused(text.slice(0, -50))).toContain("is not JSON, or was cut off");
  expect(await refused(text.replace("study@3", "study@9"))).toContain(
    'expected a study of schema "stepzero/study@3", or an older one',
  );
  expect(await refused("")).toContain("The file is empty");
});

test.each([
  ["", "expected a header and rows, got an empty file"],
  ["a,b\n", "expected rows under the header"],
  ["a,b\n1,2\n1,2,3\n", ":3:3: expected 2 fields as in the header, got 3"],
  ["a,b\n1,x\ntwo,y\n", ':3:1 (column "a"): expected a finite number, got "two"'],
  ["a,b\n1,x\nNaN,y\n", 'expected a finite number, got "NaN"'],
  ["a,b\nInfinity,x\n2,y\n", 'expected a finite number, got "Infinity"'],
  ["a,b\n1,x\n2,x\n", 'expected at least two classes in "b", got one'],
  ["a\n1\n", "expected at least two columns"],
  ["a,a\n1,2\n", 'expected different columns, got "a" twice'],
  ['a,b\n1,"x\n', ":2"],
  ["a\0b", "got a binary file"],
  [Uint8Array.of(0xff, 0xfe, 0x41), "expected text in UTF-16LE, got other bytes"],
])("the table %j is refused with line and column", async (content, message) => {
  const path = file("bad.csv", content);
  const { status, stdout, stderr } = await stepzero("train", "--data", path, "--layers", "1,2,1");
  expect(stderr).toContain(message);
  expect([status, stdout]).toEqual([2, ""]);
});

test("a CSV file with quotes, semicolons and a named label is learned", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `"group ""${i % 3}""";${(i % 3) + 0.01 * i};${5 - (i % 3)}`,
  );
  const path = file("kinds.csv", `\ufeff"the kind";x;y\r\n${rows.join("\r\n")}\r\n`);
  const args = ["--data", path, "--label", "the kind", "--steps", "400", "--lr", "0.5", "--json"];
  const result = JSON.parse((await stepzero("train", ...args)).stdout);
  expect(result.data).toMatchObject({
    task: "classes",
    classes: 3,
    features: 2,
    samples: 45,
    testSamples: 15,
  });
  expect(result.train.accuracy).toBe(1);
  expect((await stepzero("train", ...args.with(3, "sort"))).stderr).toContain('has no column "sort"');
  expect((await stepzero("train", "--data", "nowhere.csv")).stderr).toContain(
    "nowhere.csv: there is no such file",
  );
});

test("fractions as labels are a regression, with the loss as target", async () => {
  const rows = Array.from({ length: 80 }, (_, i) => `${i / 80},${Math.sin(i / 12)}`);
  const path = file("curve.csv", `x,y\n${rows.join("\n")}`);
  const args = [
    "--data",
    path,
    "--layers",
    "1,12,1",
    "--activation",
    "tanh",
    "--lr",
    "0.2",
    "--steps",
    "3000",
  ];
  const study = JSON.parse(
    (await stepzero("compare", ...args, "--init", "auto,zeros", "--seeds", "2", "--json")).stdout,
  );
  expect(study.training.loss).toBe("mse");
  const [auto, zeros] = study.initializations;
  expect(auto.best.reached).toMatchObject({ count: 2, target: { metric: "loss", value: 0.1 } });
  expect(zeros.best.reached.count).toBe(0);
  expect(auto.cells[0]).toMatchObject({ stuck: null, train: { accuracy: null } });
});

test("a configuration file says what flags say, and flags go before it", async () => {
  const path = file(
    "configuration.json",
    JSON.stringify({ init: ["he", { name: "random", std: 0.5 }], lr: [0.1], seeds: 2, steps: 30 }),
  );
  const study = JSON.parse((await stepzero("compare", "--config", path, "--seeds", "3", "--json")).stdout);
  expect([study.seeds, study.steps, study.learningRates]).toEqual([3, 30, [0.1]]);
  expect(study.initializations.map(({ initializer }: { initializer: object }) => initializer)).toEqual([
    { name: "heNormal" },
    { name: "random", std: 0.5 },
  ]);
});

test("all problems of a configuration are told at once, with paths", async () => {
  const path = file("bad.json", '{ "lr": ["fast"], "stpes": 5, "seeds": 0, "engine": "gpu" }');
  const { status, stdout, stderr } = await stepzero("compare", "--config", path);
  expect([status, stdout]).toEqual([2, ""]);
  for (const part of ["stpes", 'Did you mean "steps"?', "lr", "seeds", "engine"])
    expect(stderr).toContain(part);
  expect(
    (await stepzero("compare", "--config", file("broken.json", '{\n  "lr": [0.1,\n}'))).stderr,
  ).toContain("broken.json:3:1");
});
