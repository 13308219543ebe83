import { expect, test } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { type CompareOptions, compare } from "./compare.ts";
import { rateRange } from "./learning-rates.ts";
import { liveComparison } from "./live.ts";
import type { Study } from "./study.ts";

test("a range has both ends and one factor between neighbours", () => {
  const rates = rateRange(0.001, 1, 7);
  expect(rates).toHaveLength(7);
  expect([rates[0], rates[2], rates[4], rates[6]]).toEqual([0.001, 0.01, 0.1, 1]);
  rates.slice(1).forEach((rate, i) => {
    expect(rate / rates[i]!).toBeCloseTo(Math.sqrt(10), 9);
  });
  expect(rateRange(0.3, 0.7, 2)).toEqual([0.3, 0.7]);
});

test.each([
  [0, 1, 3],
  [1, 1, 3],
  [2, 1, 3],
  [0.1, 1, 1],
  [0.1, 1, 2.5],
  [0.1, Number.NaN, 3],
])("a range from %d to %d of %d is refused", (low, high, count) => {
  expect(() => rateRange(low, high, count)).toThrow("rateRange: expected");
});

const data = circles({ samples: 80, testSamples: 0, noise: 0.05, factor: 0.5 });
const model = mlp([2, 8, 1]);
const options: CompareOptions = {
  initializations: ["zeros", "random:0.001", "he", "random:30"],
  learningRates: "auto",
  seeds: 3,
  steps: 400,
  workers: 0,
};

const bits = ({ elapsedMs: _, ...study }: Study): string =>
  JSON.stringify(study, (_key, value) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
  );

test("a search adds rates until each best lies inside, or four were added there", async () => {
  const study = await compare(model, data, options);
  expect(study.complete).toBe(true);
  expect(study.rateSearch).toEqual({ from: [0.01, 0.03, 0.1, 0.3], most: 4 });
  const by = Object.fromEntries(study.initializations.map((one) => [one.id, one]));
  const tried = (id: string) => by[id]!.cells.map(({ learningRate }) => learningRate);
  for (const { id, best, bestAtEnd, cells } of study.initializations) {
    const rates = tried(id);
    expect(cells.length).toBeLessThanOrEqual(12);
    expect(rates).toEqual(expect.arrayContaining([0.01, 0.03, 0.1, 0.3]));
    if (best!.reached.count === 0) continue;
    const atLimit = rates.includes(30) || rates.includes(0.0001);
    expect(bestAtEnd === null || atLimit).toBe(true);
  }
  // Zeros do the same at every rate; small weights want a larger rate than the first ones.
  expect(tried("zeros")).toEqual([0.01, 0.03, 0.1, 0.3]);
  expect(tried("he")).toContain(1);
  expect(by.he!.best!.learningRate).toBeGreaterThanOrEqual(0.3);
  expect(by.he!.bestAtEnd).toBeNull();
  expect(tried("random:0.001")).toContain(1);
});

test("a search that went on from some of its runs is that of one go, and so is one on workers", async () => {
  const whole = await compare(model, data, options);
  const known = whole.runs.filter(({ initialization, seed }) => initialization !== "he" || seed === 0);
  expect(bits(await compare(model, data, { ...options, previous: known }))).toBe(bits(whole));
  expect(bits(await compare(model, data, { ...options, workers: 2 }))).toBe(bits(whole));
});

test("a search that is cancelled says that it is not complete, and with which rates it got", async () => {
  const controller = new AbortController();
  const comparison = compare(model, data, { ...options, signal: controller.signal });
  let runs = 0;
  for await (const _ of comparison) if (++runs === 41) controller.abort();
  const study = await comparison;
  expect(study.complete).toBe(false);
  expect(study.learningRates).toEqual(comparison.plan.learningRates);
});

test("one rate is the only one; a best at the end of those given is said to be", async () => {
  const at = async (learningRates: number[]) =>
    (await compare(model, data, { ...options, initializations: ["he"], learningRates })).initializations[0]!;
  expect((await at([0.3])).bestAtEnd).toBe("only");
  expect((await at([0.03, 0.1])).bestAtEnd).toBe("highest");
  expect((await at([300, 1])).bestAtEnd).toBe("lowest");
});

test("who watches gives the rates", () => {
  expect(() => liveComparison(model, data, { learningRates: "auto", workers: 0 })).toThrow(
    'liveComparison: expected a list of learningRates, got "auto"',
  );
});
