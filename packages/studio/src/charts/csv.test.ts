import { expect, test } from "vitest";
import { madeUpFigures, madeUpRun } from "../figures/made-up.ts";
import { USUAL_VIEW } from "../figures/shown.ts";
import { boundariesChart } from "./boundaries.ts";
import { accuracyChart } from "./loss-or-accuracy.ts";
import { outcomesChart } from "./outcomes.ts";
import { ratesChart } from "./rates.ts";
import { csvOf } from "./table.ts";

const figures = madeUpFigures({
  zeros: [[madeUpRun(0, [0.7, 0.7, 0.7])], [madeUpRun(0, [0.7, 0.7, 0.7])]],
  he: [
    [madeUpRun(0, [0.7, 0.4, 0.1], { stepsToTarget: 20 }), madeUpRun(1, [0.7, 0.6, 0.5])],
    [
      madeUpRun(0, [0.7, 0.1, 0.1], { stepsToTarget: 10 }),
      madeUpRun(1, [0.7, 0.2], { diverged: { step: 13, layer: "dense2" }, stepsToTarget: 10, held: false }),
    ],
  ],
});
const rows = (text: string): string[][] =>
  text
    .trim()
    .split("\r\n")
    .map((row) => row.split(","));

test("what is never reached is an empty cell beside how many runs reached it", () => {
  expect(rows(csvOf(ratesChart(figures)))).toEqual([
    [
      "learning rate",
      ...["zeros", "he", "he lower quartile", "he upper quartile"],
      ...["zeros reached", "he reached", "zeros runs", "he runs"],
    ],
    ["0.1", "", "", "", "", "0", "1", "1", "2"],
    ["1", "", "10", "10", "10", "0", "2", "1", "2"],
  ]);
});

test("steps to the target of 0 are written as 0", () => {
  const solved = madeUpFigures({ he: [[madeUpRun(0, [0, 0, 0], { stepsToTarget: 0 })], []] });
  const chart = ratesChart(solved);
  expect(rows(csvOf(chart))[1]![1]).toBe("0");
  expect(chart.y.zero).toBeDefined();
});

test("outcomes are raw accuracies, with whether and when the target was reached", () => {
  expect(rows(csvOf(outcomesChart(figures, USUAL_VIEW)))).toEqual([
    [
      ...["seed", "zeros at 0.1", "he at 1", "zeros at 0.1 reached", "he at 1 reached"],
      ...["zeros at 0.1 steps to the target", "he at 1 steps to the target"],
      ...["zeros at 0.1 diverged at step", "he at 1 diverged at step"],
    ],
    ["0", "0.65", "0.95", "0", "1", "", "10", "", ""],
    ["1", "", "0.9", "", "1", "", "10", "", "13"],
  ]);
});

test("tiles are raw accuracies, one row per seed", () => {
  const source = {
    window: { x: [-1, 1], y: [-1, 1] } as const,
    points: { count: 0, x: [], y: [], label: [], classes: 2 },
    tile: () => null,
  };
  const [head, ...cells] = rows(csvOf(boundariesChart(figures, USUAL_VIEW, source, [0, 1])));
  expect(head!.slice(0, 5)).toEqual([
    "seed",
    "zeros at 0.1",
    "he at 1",
    "zeros at 0.1 reached",
    "he at 1 reached",
  ]);
  expect(cells.map((row) => row.slice(0, 5))).toEqual([
    ["0", "0.65", "0.95", "0", "1"],
    ["1", "0.65", "0.9", "0", "1"],
  ]);
});

test("a float32 is written in as few digits as name it, and no cell holds words for a number", () => {
  const column = Float32Array.of(0.95, 1 / 3, 1e-20);
  const file = madeUpFigures(
    { he: [[madeUpRun(0, [1, 1, 1], { trainAccuracy: column })]] },
    { learningRates: [1] },
  );
  const cells = rows(csvOf(accuracyChart(file, USUAL_VIEW)!)).slice(1);
  expect(cells).toEqual([
    ["0", "0.95"],
    ["10", "0.33333334"],
    ["20", "1e-20"],
  ]);
  expect(Math.fround(Number(cells[1]![1]))).toBe(column[1]);
});
