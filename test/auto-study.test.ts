import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Case, measure } from "../scripts/auto/signal.ts";
import { currentLines, PAGE, signalLines, trainingLines, writtenTables } from "../scripts/auto/study.ts";
import { tables } from "../scripts/auto/tables.ts";

// A part of scripts/auto/study.ts on other networks' count: 50 layers of 256, real weights, forward and back.
const NETWORKS = 12;
const INPUT_RMS = [0.3, 1, 3];
const casesOf = (candidate: string): Case[] =>
  INPUT_RMS.map((inputRms) => ({ candidate, scale: "unknown" as const, inputRms }));

test.each(["gelu", "silu", "mish"])(
  "auto keeps signal and gradient of %s over 50 layers from any of three input sizes, and what it was does not",
  (activation) => {
    const lines = measure(activation, 50, [...casesOf("auto"), ...casesOf("before")], NETWORKS);
    const auto = lines.filter(({ candidate }) => candidate === "auto");
    const before = lines.filter(({ candidate }) => candidate === "before");
    expect(auto).toHaveLength(3);
    for (const line of auto) {
      expect(line.within).toBeGreaterThanOrEqual(0.9);
      expect(line.nonlinear).toBeGreaterThanOrEqual(0.5);
      expect(line.correlation).toBeLessThan(0.99);
    }
    expect(before.find(({ inputRms }) => inputRms === 0.3)!.within).toBe(0);
    expect(Math.min(...before.map(({ within }) => within))).toBeLessThan(0.5);
  },
  60_000,
);

test("with the inputs' size told, the hidden layers keep both and the first loss is near that of a constant", () => {
  const told = [{ candidate: "auto", scale: "known" as const, inputRms: 0.3 }];
  for (const activation of ["gelu", "silu", "mish"]) {
    const [line] = measure(activation, 50, told, 60);
    expect(line!.withinHidden).toBeGreaterThanOrEqual(0.9);
    expect(line!.firstLossOver).toBeLessThanOrEqual(0.5);
  }
}, 60_000);

test("the study's lines are of the laws of now, hold, and stand on the page", () => {
  const lines = currentLines();
  expect(lines).toHaveLength(signalLines().length);
  const own = lines.filter(
    ({ candidate, depth, activation }) =>
      candidate === "auto" && depth === 50 && ["gelu", "silu", "mish"].includes(activation),
  );
  expect(own).toHaveLength(12);
  for (const line of own.filter(({ scale }) => scale === "unknown")) {
    expect(line.networks).toBe(200);
    expect(line.within).toBeGreaterThanOrEqual(0.9);
    expect(line.correlation).toBeLessThan(0.99);
    expect(line.nonlinear).toBeGreaterThanOrEqual(0.5);
  }
  for (const line of own.filter(({ scale }) => scale === "known")) {
    expect(line.withinHidden).toBeGreaterThanOrEqual(0.9);
    expect(line.firstLossOver).toBeLessThanOrEqual(0.5);
  }
  expect(writtenTables(readFileSync(PAGE, "utf8"))).toBe(tables(lines, trainingLines()));
});
