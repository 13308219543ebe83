import { expect, test } from "vitest";
import { madeUpFigures, madeUpRun } from "../figures/made-up.ts";
import { USUAL_VIEW } from "../figures/shown.ts";
import { boundariesChart } from "./boundaries.ts";
import { accuracyChart, lossChart } from "./loss-or-accuracy.ts";
import { outcomesChart } from "./outcomes.ts";
import { ratesChart } from "./rates.ts";
import { ends, position, ticksOf, valueAt } from "./scale.ts";
import { shareChart } from "./share.ts";
import { csvOf, tableOf } from "./table.ts";
import { figure, listed, percent, whole } from "./words.ts";

const SHOWN = USUAL_VIEW;

const figures = madeUpFigures({
  zeros: [[madeUpRun(0, [0.7, 0.7, 0.7])], [madeUpRun(0, [0.7, 0.7, 0.7])]],
  he: [
    [madeUpRun(0, [0.7, 0.4, 0.1], { stepsToTarget: 20 }), madeUpRun(1, [0.7, 0.6, 0.5])],
    [
      madeUpRun(0, [0.7, 0.1, 0.1], { stepsToTarget: 10 }),
      madeUpRun(1, [0.7, 0.2], { diverged: { step: 13, layer: "dense2" }, stepsToTarget: 10 }),
    ],
  ],
});

test("the loss tells the lowest and the highest median, and crosses a diverged run", () => {
  const chart = lossChart(figures, SHOWN);
  expect(chart.summary).toBe(
    "After 20 steps `he` at 1 has the lowest median training loss, 0.1; `zeros` at 0.1 has the highest, 0.7; " +
      "1 of 2 runs of `he` at 1 diverged.",
  );
  expect(chart.crosses).toEqual([{ series: 1, look: 3, x: 13, y: 0.2 }]);
  expect(chart.curves[0]!.runs).toEqual([]);
  expect(chart.curves[1]!.runs).toHaveLength(2);
});

test("accuracy has the target as a guide, of the training data alone", () => {
  expect(accuracyChart(figures, SHOWN)!.guide).toEqual({ y: 0.9, label: "target" });
  expect(accuracyChart(figures, { ...SHOWN, split: "test" })!.guide).toBeNull();
});

test("accuracies below the axis lower it; a regression has no chart of them", () => {
  const three = madeUpFigures({ he: [[madeUpRun(0, [1.44, 1.3, 0.2])]] }, { learningRates: [1] });
  expect(accuracyChart(three, SHOWN)!.y.low).toBeCloseTo(0.2, 12);
  expect(outcomesChart(three, { ...SHOWN, at: 10 }).y.low).toBeCloseTo(0.3, 12);
  const regression = madeUpFigures({ he: [[madeUpRun(0, [1, 1, 1], { trainAccuracy: [] })]] });
  expect(accuracyChart(regression, SHOWN)).toBeNull();
  expect(outcomesChart(regression, SHOWN).title).toBe("Outcome of every seed: training loss");
});

test("the share counts runs that have reached the target by a step", () => {
  const [zeros, he] = shareChart(figures, { ...SHOWN, rate: 0.1 }).curves;
  expect([...(zeros!.y as Float64Array)]).toEqual([0, 0, 0]);
  expect([...(he!.y as Float64Array)]).toEqual([0, 0, 0.5]);
});

test("steps against the learning rate put what is never reached into a row above the last step", () => {
  const chart = ratesChart(figures);
  expect([...(chart.curves[0]!.y as Float64Array)]).toEqual([Infinity, Infinity]);
  expect(chart.y.format(Infinity)).toBe("never");
  expect(valueAt(chart.y, position(chart.y, Infinity))).toBeCloseTo(40, 9);
  expect(ticksOf(chart.y, 5)).toEqual([1, 10, 20, Infinity]);
  expect([...(chart.curves[1]!.y as Float64Array)]).toEqual([Infinity, 10]);
  expect(chart.summary).toBe(
    "Nine in ten seeds reach the target with `he` at 1 (median 10 steps); `zeros` at none of these rates.",
  );
});

test("outcomes follow the cursor back", () => {
  const values = (at: number | null) =>
    outcomesChart(figures, { ...SHOWN, rate: 0.1, at }).dots[1]!.dots.map(({ value }) => value);
  expect(values(null)).toEqual([0.95, 0.75]);
  expect(values(15)).toEqual([0.8, 0.7]);
});

test("every chart has a table, and a CSV with quartiles", () => {
  expect(tableOf(lossChart(figures, SHOWN)).rows).toEqual([
    ["0", "0.7", "0.7"],
    ["10", "0.7", "0.15"],
    ["20", "0.7", "0.1"],
  ]);
  const [head, first] = csvOf(lossChart(figures, SHOWN)).split("\r\n");
  expect(head).toBe("step,zeros at 0.1,he at 1,he at 1 lower quartile,he at 1 upper quartile");
  expect(first).toBe("0,0.7,0.7,0.7,0.7");
  expect(tableOf(ratesChart(figures)).rows).toEqual([
    ["0.1", "never", "never"],
    ["1", "never", "10"],
  ]);
  expect(tableOf(outcomesChart(figures, SHOWN)).rows).toEqual([
    ["0", "65 %", "95 %"],
    ["1", "–", "90 % (diverged)"],
  ]);
});

test("a name cannot leave its cell in a CSV", () => {
  const named = madeUpFigures({ 'a,"b"\n': [[madeUpRun(0, [1])]] }, { points: 1, learningRates: [0.1] });
  expect(csvOf(lossChart(named, SHOWN)).split("\r\n")[0]).toBe('step,"a,""b""\n"');
});

test("the boundary grid shows one run that stands for every seed in each row", () => {
  const asked: string[] = [];
  const source = {
    window: { x: [-1, 1], y: [-1, 1] } as const,
    points: { count: 0, x: [], y: [], label: [], classes: 2 },
    tile: (name: string, rate: number, seed: number) => {
      asked.push(`${name} ${rate} ${seed}`);
      return null;
    },
  };
  const chart = boundariesChart(figures, SHOWN, source, [0, 1]);
  expect(asked).toEqual(["zeros 0.1 0", "he 1 0", "zeros 0.1 0", "he 1 1"]);
  expect(chart.rows[1]!.tiles[1]!.caption).toBe("diverged, step 13");
});

test.each([
  [[[1, 1]], true, [0.5, 2]],
  [[[0, -1, 100]], true, [50, 200]],
  [[[]], true, [0.1, 1]],
  [[[Number.NaN, Infinity]], false, [0, 1]],
  [[[5, 5]], false, [4.5, 5.5]],
])("an axis over %j, log %s, has ends %j that differ and can be drawn", (columns, log, expected) => {
  expect(ends(columns, log)).toEqual(expected);
});

test("places and values on axes are each other's inverse", () => {
  for (const log of [false, true]) {
    const axis = { label: "", log, low: 0.01, high: 100, format: String };
    for (const value of [0.01, 0.5, 3, 100])
      expect(valueAt(axis, position(axis, value))).toBeCloseTo(value, 9);
  }
  expect(position({ label: "", log: true, low: 1, high: 10, format: String }, 0)).toBe(
    Number.NEGATIVE_INFINITY,
  );
});

test.each([
  [false, 0, 15_000, [0, 5000, 10_000, 15_000]],
  [true, 0.001, 1000, [0.001, 0.1, 10, 1000]],
  [true, 1, 8, [1, 2, 5]],
  [false, 0.1, 0.1000001, [0.1, 0.10000005, 0.1000001]],
])("ticks are round (log %s, %d to %d)", (log, low, high, expected) => {
  expect(ticksOf({ label: "", log, low, high, format: String }, 4)).toEqual(expected);
});

test("numbers are written for readers", () => {
  expect([
    whole(12_500),
    whole(Infinity),
    figure(0.00001234),
    figure(123_456),
    figure(0),
    percent(0.9967),
  ]).toEqual(["12,500", "never", "1.23e-5", "1.23e5", "0", "99.7 %"]);
  expect(listed(["a", "b", "c"])).toBe("a, b and c");
});
