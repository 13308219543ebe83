import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const bench = (...flags: string[]) =>
  spawnSync(process.execPath, ["bench/main.ts", ...flags], { encoding: "utf8" });

test("the benchmark prints one object with the engine that ran", () => {
  const { stdout, status } = bench("A", "--engine", "wasm", "--rounds", "1", "--json");
  const { schema, workloads } = JSON.parse(stdout);
  expect([status, schema, stdout.trim().split("\n").length]).toEqual([0, "stepzero/bench@1", 1]);
  expect(workloads).toEqual([
    { id: "A", engine: "wasm", threads: 1, stepsPerSecond: expect.any(Number), gflops: expect.any(Number) },
  ]);
});

test("the benchmark says how fast it draws, in draws and in values", () => {
  const { stdout, status } = bench("orthogonal", "--rounds", "1", "--json");
  const [result] = JSON.parse(stdout).workloads;
  expect([status, result.id, result.threads]).toEqual([0, "orthogonal", 1]);
  expect(result.valuesPerSecond / (1024 * 1024)).toBeCloseTo(result.stepsPerSecond, 2);
  expect(result.gflops / result.stepsPerSecond).toBeCloseTo(((8 / 3) * 1024 ** 3) / 1e9, 1);
});

test("the benchmark refuses what it does not know with exit code 2", () => {
  for (const flags of [["Z"], ["--engine", "reference"], ["--threads", "0"], ["--nonsense"]]) {
    const { stdout, stderr, status } = bench(...flags);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^bench: /);
  }
});
