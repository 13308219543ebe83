import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-sequences-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const json = async (...args: readonly string[]) => {
  const { status, stdout, stderr } = await runHere(...args, "--json");
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};
const refused = async (...args: readonly string[]): Promise<string> => {
  const { status, stdout, stderr } = await runHere(...args, "--engine", "reference", "--steps", "1");
  expect([status, stdout]).toEqual([2, ""]);
  return stderr;
};

const SMALL = '{"name":"transformer","blocks":1,"width":8,"heads":2}';
const COPY = ["--data", "copy", "--samples", "32", "--test-samples", "8", "--length", "2", "--tokens", "3"];
const RUN = ["--model", SMALL, "--engine", "reference", "--optimizer", "adam", "--lr", ".01"];

test("a comparison on copy has accuracies per position and per sequence in JSON, table, CSV, study and report", async () => {
  const [out, report] = [join(folder, "copy.json"), join(folder, "copy.html")];
  const flags = [
    "compare",
    ...COPY,
    ...RUN,
    "--init",
    "he,auto",
    "--seeds",
    "2",
    "--steps",
    "6",
    "--workers",
    "0",
  ];
  const study = await json(...flags, "--out", out, "--report", report);
  expect(study.data).toMatchObject({
    name: "copy",
    ...{ length: 2, tokens: 3, samples: 32, testSamples: 8, seed: 1, testSeed: 2 },
    ...{ features: 4, classes: 4, positions: 4, input: { tokens: 4, length: 4 } },
  });
  for (const { cells } of study.initializations) {
    for (const part of ["train", "test"]) {
      const { accuracy, sequenceAccuracy } = cells[0][part];
      expect(sequenceAccuracy.median).toBeLessThanOrEqual(accuracy.median);
      expect(sequenceAccuracy.min).toBeGreaterThanOrEqual(0);
    }
  }
  expect((await json("compare", "--resume", out)).initializations).toEqual(study.initializations);
  expect(JSON.parse(readFileSync(out, "utf8")).runs[0].outcome.train.sequenceAccuracy).toBeTypeOf("number");
  expect(readFileSync(report, "utf8")).toContain("trainSequenceAccuracy");
  const table = await runHere("compare", "--resume", out);
  expect(table.stdout).toContain(
    "Sequences of 4 tokens out of 4: 32 to train, 8 to test; 2 of 4 positions count.",
  );
  expect(table.stdout).toContain("│ test sequences %");
  const csv = await runHere("compare", "--resume", out, "--format", "csv");
  const [head, first] = csv.stdout.split("\n").map((line) => line.split(","));
  expect(Number(first![head!.indexOf("test sequence accuracy")])).toBe(
    study.initializations[0].best === null
      ? Number.NaN
      : study.initializations[0].cells[0].test.sequenceAccuracy.median,
  );
});

test("sequences take a transformer unless a network is said, and data of every seed where they are asked for", async () => {
  const { model, training } = await json(
    ...["train", "--data", "modularAddition", "--modulus", "3", "--engine", "reference", "--steps", "0"],
  );
  expect(model.input).toEqual({ tokens: 4, length: 3 });
  expect(model.layers[0]).toEqual({ kind: "embedding", width: 32 });
  expect(training.batch).toBe(64);
  const study = await json(
    ...["compare", ...COPY, ...RUN, "--init", "he", "--seeds", "2", "--steps", "0", "--resample-data"],
    ...["--workers", "0"],
  );
  expect(study.initializations[0].cells[0].firstLoss.min).toBeLessThan(
    study.initializations[0].cells[0].firstLoss.max,
  );
});

test("a text is read from its file, in UTF-8 or UTF-16, with or without a mark", async () => {
  const text = "Où est-ce que tu vas? Là-bas. ".repeat(4);
  const files = [
    fileOf("plain.txt", text),
    fileOf("mark.txt", `\u{feff}${text}`),
    fileOf("wide.txt", Buffer.from(`\u{feff}${text}`, "utf16le")),
  ];
  const flags = ["--model", SMALL, "--engine", "reference", "--steps", "1", "--length", "8"];
  const runs = [];
  for (const file of files) runs.push(await json("train", "--data", `text:${file}`, ...flags));
  const [plain] = runs;
  expect(plain.data).toMatchObject({
    name: files[0],
    ...{ samples: 13, testSamples: 1, length: 8, testFraction: 0.1, positions: 8 },
    vocabulary: [...new Set(text)].sort().join(""),
  });
  expect(plain.train.sequenceAccuracy).toBeTypeOf("number");
  for (const { data, train } of runs) {
    expect(data.vocabulary).toBe(plain.data.vocabulary);
    expect(train).toEqual(plain.train);
  }
  const some = await json(
    ...["train", "--data", `text:${files[0]}`, ...flags, "--samples", "5", "--test-fraction", "0"],
  );
  expect(some.data).toMatchObject({ samples: 5, testSamples: 0 });
  expect(some.test).toBeNull();
});

test("what is no text, or too short a one, is refused, and nothing is written", async () => {
  const out = join(folder, "none.json");
  const of = (path: string, ...more: string[]) =>
    refused("compare", "--data", `text:${path}`, "--out", out, ...more);
  const short = fileOf("short.txt", "Too short.");
  expect(await of(short)).toBe(
    `${short}: expected at least 65 characters, a sequence of 64 and the one after it, got 10.\n` +
      "  Take a longer text, or a length of at most 9.\n",
  );
  expect(await of(fileOf("empty.txt", ""))).toContain("expected a text, got an empty one");
  expect(await of(fileOf("same.txt", "a".repeat(100)))).toContain("expected at least 2 different characters");
  expect(await of(fileOf("bin.txt", Uint8Array.of(0, 1, 2, 255, 254)))).toContain(
    "expected a text, got a binary file",
  );
  expect(await of(fileOf("latin.txt", Buffer.from("é".repeat(100), "latin1")))).toContain(
    "expected a text in UTF-8, got other bytes.\n  Save the file again in UTF-8.",
  );
  expect(await of(join(folder, "nowhere"))).toContain("there is no such file or folder");
  expect(await of(folder)).toContain("it is a folder");
  expect(await of("")).toBe('--data: expected a file after "text".\n  Write text:FILE.\n');
  expect(await of(short, "--length", "1")).toContain('--length: expected an integer ≥ 2, got "1"');
  expect(await of(short, "--noise", "1")).toContain("--noise: goes with generated data, and text:");
  expect(await refused("train", "--data", `text:${short}`, "--report", short, "--length", "4")).toContain(
    short,
  );
  expect(readFileSync(short, "utf8")).toBe("Too short.");
  expect(existsSync(out)).toBe(false);
});

test("a network that does not take the sequences is refused by what was expected and got", async () => {
  const of = (...args: string[]) => refused("train", ...COPY, ...args);
  expect(await of("--layers", "4,4")).toContain(
    "model: expected an input of 4 tokens of 4, as copy has it, got 4.",
  );
  const model = '{"input":{"tokens":5,"length":4},"layers":[{"kind":"embedding","width":4}]}';
  expect(await of("--model", model)).toContain(
    "expected an input of 4 tokens of 4, as copy has it, got 4 tokens of 5",
  );
  const { status, stderr } = await runHere("train", ...COPY, "--model", SMALL, "--steps", "1");
  expect(status).toBe(2);
  expect(stderr).toMatch(/^embedding1: .*\n.*reference/);
});
