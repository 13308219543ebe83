import { expect, test } from "vitest";
import { type ModelCase, runModelCase } from "./fuzz/model-case.ts";

/** `npm run fuzz:models` reads 20,000 in processes whose time and memory are watched. */
const COUNT = 400;

test(`${COUNT} mutated files of weights are read or refused, and nothing else`, async () => {
  const cases: ModelCase[] = [];
  for (let number = 0; number < COUNT; number++) cases.push(await runModelCase(20, number));
  const refused = cases.filter(({ outcome }) => outcome === "refused").length;
  expect(refused).toBeGreaterThan(COUNT / 4);
  expect(COUNT - refused).toBeGreaterThan(COUNT / 20);
  expect(new Set(cases.map(({ file }) => file)).size).toBeGreaterThan(12);
}, 30_000);
