import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./in-process.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
const folder = mkdtempSync(join(tmpdir(), "stepzero-limits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [
    "compare --steps 1000000000 --log-every 1",
    "expected at most 381,300 log points of 3 layers, got 1,000,000,001",
  ],
  ["train --steps 1000000000 --log-every 1", "Log every 2,623 steps, or less often."],
  ["compare --seeds 10000000", "runs of this network, got 160,000,000"],
  ["train --layers 2,1x200000,1", "--layers: expected at most 10,000 layers, got 200,000"],
  ["compare --layers 2,1x100000,1", "expected at most 10,000 layers"],
  ["initialize --layers 2,1x100000,1", "expected at most 10,000 layers"],
  ["explain he --layers 2,1x100000,1", "expected at most 10,000 layers"],
  ["train --layers 2,100000,100000,1", "expected at most 134,217,728 parameters, got 10,000,500,001"],
  ["train --samples 1000000000", "expected at most 10,000,000 samples, got 1,000,000,000"],
  ["train --test-samples 1000000000", "expected at most 10,000,000 testSamples"],
  ["compare --workers 1000000", "--workers: expected an integer from 0 to 1024"],
  ["theory tanh --residual-blocks 1001", "from 1 to 1000"],
])("%s is refused at once, with the limit", async (line, said) => {
  const begun = performance.now();
  const { status, stdout, stderr } = await runHere(...line.split(" "));
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(said)]);
  expect(performance.now() - begun).toBeLessThan(5000);
});

test("at the limit of layers and of log points it works", async () => {
  const deep = await runHere("train", "--layers", "2,1x2000,1", "--steps", "1", "--json");
  expect(JSON.parse(deep.stdout).model.layers).toHaveLength(2001);
  const fine = await runHere("train", "--steps", "20000", "--log-every", "1", "--samples", "4", "--json");
  expect(JSON.parse(fine.stdout).history.step).toHaveLength(20_001);
});

test("an expression without end is refused after its time, and what it throws is said", async () => {
  const endless = await runHere("theory", "x => { try { while (true) {} } catch { return 1 } }");
  expect([endless.status, endless.stdout, endless.stderr]).toEqual([
    2,
    "",
    expect.stringContaining("takes longer than 5 seconds"),
  ]);
  const throwing = await runHere("theory", "x => { throw new Error('no') }");
  expect([throwing.status, throwing.stderr]).toEqual([2, expect.stringContaining("fails at")]);
  const fine = await runHere("theory", "x => Math.max(0, x)", "--json");
  expect(JSON.parse(fine.stdout).chi1).toBeCloseTo(1, 9);
}, 30_000);

/** A worker that runs out of memory in its second member. */
const GREEDY = `
import { isMainThread, parentPort } from "node:worker_threads";
if (!isMainThread) {
  let members = 0;
  parentPort.on("message", ({ kind }) => {
    if (kind !== "member" || ++members < 2) return;
    const all = [];
    for (;;) all.push(new Array(100_000).fill(members));
  });
}`;

test("of a worker that runs out of memory the member is told, the rest kept, and the study resumed", async () => {
  const path = join(folder, "study.json");
  const args = ["--init", "he,glorot", "--lr", "0.1", "--seeds", "3", "--steps", "20", "--workers", "1"];
  const preload = join(folder, "greedy.mjs");
  writeFileSync(preload, GREEDY);
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=80", "--import", preload, MAIN, "compare", ...args, "--out", path],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (part) => {
    stdout += part;
  });
  child.stderr.on("data", (part) => {
    stderr += part;
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect([status, stderr]).toEqual([
    101,
    expect.stringMatching(/a run was lost: \w+ at learning rate 0.1, seed \d: .*memory/),
  ]);
  expect(stderr).toContain("--resume trains the lost ones");
  expect(stdout).toContain("not complete: 3 runs were done");
  const kept = JSON.parse(readFileSync(path, "utf8"));
  expect([kept.complete, kept.runs.length]).toEqual([false, 3]);
  const resumed = await runHere("compare", "--resume", path, "--workers", "0");
  expect([resumed.status, resumed.stderr]).toEqual([0, ""]);
  expect(JSON.parse(readFileSync(path, "utf8")).runs).toHaveLength(6);
}, 60_000);

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends within a second the draw of a large network, and what was done is kept",
  async (signal) => {
    const path = join(folder, `${signal}.json`);
    const size = ["--layers", "2,800,800,1", "--samples", "4", "--test-samples", "0", "--steps", "1"];
    const grid = ["--init", "zeros,orthogonal", "--lr", "0.1", "--seeds", "50", "--workers", "1"];
    const child = spawn(process.execPath, [MAIN, "compare", ...size, ...grid, "--out", path], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    child.stdout.on("data", (part) => {
      stdout += part;
    });
    const ended = new Promise<[number | null, number]>((resolve) =>
      child.on("close", (code) => resolve([code, performance.now()])),
    );
    // Once the first large network has been trained and written, the next is being drawn.
    const kept = (): number => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).runs.length : 0);
    while (kept() < 2 && child.exitCode === null) await wait(50);
    await wait(200);
    const sent = performance.now();
    child.kill(signal);
    const [status, at] = await ended;
    expect([status, at - sent < 1000]).toEqual([130, true]);
    const { complete, runs } = JSON.parse(readFileSync(path, "utf8"));
    expect(complete).toBe(false);
    expect(runs.length).toBeGreaterThan(1);
    expect(stdout).toContain(`not complete: ${runs.length} runs were done`);
  },
  20_000,
);

test.each(["SIGINT", "SIGTERM"] as const)("%s ends within a second what is being planned", async (signal) => {
  const args = ["compare", "--layers", "2,2500,2500,1", "--init", "orthogonal", "--workers", "1"];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: "ignore" });
  const ended = new Promise<number>((resolve) => child.on("exit", () => resolve(performance.now())));
  await wait(2500);
  expect(child.exitCode).toBe(null);
  const sent = performance.now();
  child.kill(signal);
  expect((await ended) - sent).toBeLessThan(1000);
});
