import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EDGES, judgeSpread, QUESTIONS, SCHEMES, SHAPES } from "../scripts/conformance/cases.ts";
import { measured } from "../scripts/conformance/libraries.ts";
import { statistics } from "../scripts/conformance/measurement.ts";
import { conformancePage } from "../scripts/conformance/page.ts";
import { ROOT } from "./sources.ts";

const { libraries, made } = measured();
const library = (name: string) => libraries.find((one) => one.name === name)!;

test("the page is what the command writes from the measurements", () => {
  expect(conformancePage(libraries, made)).toBe(readFileSync(`${ROOT}docs/conformance.md`, "utf8"));
});

test("every library answers every question and every case that it can, with nothing beside", () => {
  for (const { name, seeds, edges, spread } of libraries) {
    expect(Object.keys(seeds).sort(), name).toEqual(QUESTIONS.map(({ id }) => id).sort());
    const known = EDGES.map(({ id }) => id);
    for (const id of Object.keys(edges)) expect(known).toContain(id);
    for (const { scheme } of spread) expect(Object.keys(SCHEMES)).toContain(scheme);
  }
});

test("stepzero draws what it claims in every figure, answer and case", () => {
  const { spread, seeds, edges } = library("stepzero");
  for (const one of spread) {
    if (one.call === null) throw new Error(`${one.scheme} is missing`);
    for (const kind of ["dense", "conv"] as const) {
      expect([one.scheme, judgeSpread(one[kind], SCHEMES[one.scheme]!(SHAPES[kind].fans)).right]).toEqual([
        one.scheme,
        true,
      ]);
    }
  }
  for (const { id, wanted } of QUESTIONS) if (wanted !== null) expect([id, seeds[id]]).toEqual([id, wanted]);
  for (const { id, judge } of EDGES) expect([id, judge(edges[id]!).right]).toEqual([id, true]);
});

test("the verdict is sharp: a standard deviation of 0.88 is seen, and one 1.5 % off", () => {
  const values = Float64Array.from({ length: 65536 }, (_, i) => Math.sin(i * 12.9898) * Math.SQRT2);
  expect(judgeSpread(statistics(values), 1).right).toBe(true);
  expect(judgeSpread(statistics(values), 1 / 0.88).right).toBe(false);
  expect(judgeSpread(statistics(values), 1.015).right).toBe(false);
});
