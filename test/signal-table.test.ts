import { predictSignal } from "@stepzero/core";
import { expect, test } from "vitest";
import { startsOf, WIDTHS } from "../scripts/signal/grid.ts";
import { logBand } from "../scripts/signal/judge.ts";
import {
  type Configuration,
  type Figures,
  KEYS,
  partsOf,
  readingsAt,
  readResults,
} from "../scripts/signal/results.ts";
import { countsOf, pageWith, readPage, tables } from "../scripts/signal/table.ts";

const results = new Map(WIDTHS.map((width) => [width, readResults(width)]));
const all = [...results.values()].flat();

test("docs/signal.md holds the tables that `npm run signal-table` writes", () => {
  expect(readPage()).toBe(pageWith(readPage(), tables()));
});

test.each(WIDTHS)("width %d: all 720 configurations were measured", (width) => {
  expect(results.get(width)!.map(({ key }) => key)).toEqual(KEYS);
});

test("at most 10 % of 2,160 configurations are approximate, and at most 2 % of the others lie outside", () => {
  const { all: count, approximate, outside, holds } = countsOf(all);
  expect(count).toBe(2160);
  expect(approximate).toBeLessThanOrEqual(216);
  expect(outside).toBeLessThanOrEqual(0.02 * (count - approximate));
  expect(holds).toBe(count - approximate - outside);
});

/** A prediction whose second moments are 1.1 times as large. */
const scaled = (one: Configuration): Configuration => ({
  ...one,
  readings: one.readings.map(
    ([low, median, high, ...seen]) =>
      [...[low, median, high].map((value) => value + Math.log(1.1)), ...seen] as unknown as Figures,
  ),
});

test("a law scaled by 1.1 lies outside in most configurations", () => {
  const { outside, holds } = countsOf(all.map(scaled));
  expect(outside).toBeGreaterThan(holds);
});

// Every 48th: of each width and activation some.
const few = WIDTHS.flatMap((width, shift) =>
  results
    .get(width)!
    .filter((_, index) => index % 48 === (5 + 17 * shift) % 48)
    .map((one) => ({ width, one })),
).filter(({ one }) => partsOf(one).depth < 100);

test.each(few)("width $width, $one.key: the prediction on disk is today's", ({ width, one }) => {
  const { activation, initialization, depth, inputRms } = partsOf(one);
  const layers = predictSignal(startsOf(activation, initialization, width, depth, inputRms), {
    inputSquare: inputRms * inputRms,
  });
  readingsAt(depth).forEach(({ way, layer }, index) => {
    const own = layers[layer - 1]!;
    const { low, median, high } = logBand(way === "signal" ? own.preactivation : own.gradient);
    const [wasLow, wasMedian, wasHigh] = one.readings[index]!;
    const far = (now: number, was: number): number => Math.abs(now - was);
    expect(Math.max(far(low, wasLow), far(median, wasMedian), far(high, wasHigh))).toBeLessThan(6e-5);
  });
});
