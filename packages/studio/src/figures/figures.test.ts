import { quantile } from "@stepzero/core";
import { expect, test } from "vitest";
import { divergencesOf } from "./divergences.ts";
import { madeUpFigures, madeUpRun } from "./made-up.ts";
import { growingQuartiles } from "./quartiles.ts";
import { bestRate, labelAt, ratesShown } from "./shown.ts";

test("quartiles of growing columns are those of the library at every length", () => {
  const columns = Array.from({ length: 7 }, (_, c) =>
    Array.from({ length: 20 }, (_, k) => Math.sin(3 * c + k) + (c === 3 ? 100 : 0)),
  );
  const quartiles = growingQuartiles(20);
  for (const logged of [
    [1, 0, 0, 2, 0, 0, 0],
    [5, 9, 3, 9, 1, 0, 20],
    [20, 20, 20, 20, 20, 20, 20],
  ]) {
    const band = quartiles(columns.map((values, c) => ({ logged: logged[c]!, values })));
    for (let k = 0; k < 20; k++) {
      const there = columns.flatMap((values, c) => (logged[c]! > k ? [values[k]!] : []));
      expect(band.low[k]).toBe(quantile(there, 0.25));
      expect(band.median[k]).toBe(quantile(there, 0.5));
      expect(band.high[k]).toBe(quantile(there, 0.75));
    }
  }
});

test("quartiles forget what a rewound session has no more", () => {
  const quartiles = growingQuartiles(2);
  quartiles([{ logged: 2, values: [1, 2] }]);
  expect([...(quartiles([{ logged: 1, values: [5, 2] }]).median as Float64Array)]).toEqual([1, Number.NaN]);
  expect([...(quartiles([{ logged: 0, values: [] }]).median as Float64Array)]).toEqual([
    Number.NaN,
    Number.NaN,
  ]);
});

const figures = madeUpFigures({
  zeros: [[madeUpRun(0, [0.7, 0.7, 0.7])], [madeUpRun(0, [0.7, 0.7, 0.7])]],
  he: [
    [madeUpRun(0, [0.7, 0.4, 0.1], { stepsToTarget: 20 }), madeUpRun(1, [0.7, 0.6, 0.5])],
    [
      madeUpRun(0, [0.7, 0.1, 0.1], { stepsToTarget: 10 }),
      madeUpRun(1, [0.7, 9], { diverged: { step: 13, layer: "dense2" }, stepsToTarget: 10 }),
    ],
  ],
});

test("the best rate has the most runs at the target, then the fewest steps; where none is, the first", () => {
  expect(bestRate(figures, 1)).toBe(1);
  expect(bestRate(figures, 0)).toBe(0);
  expect(ratesShown(figures, "best")).toEqual([0, 1]);
  expect(ratesShown(figures, 1)).toEqual([1, 1]);
  expect(labelAt(figures, 1, 1)).toBe("he at 1");
});

test("where all runs are done and none reached the target, the best rate has the lowest loss, as in a study", () => {
  const runs = (...last: number[]) => last.map((loss, seed) => madeUpRun(seed, [0.7, 0.6, loss]));
  const far = madeUpFigures({ small: [runs(0.6, 0.5), runs(0.4, 0.45)] });
  expect(bestRate(far, 0)).toBe(1);
  const under = madeUpFigures({ small: [runs(0.6, 0.5), [madeUpRun(0, [0.7, 0.4], { done: false })]] });
  expect(bestRate(under, 0)).toBe(0);
});

test("a diverged run says where and why", () => {
  expect(divergencesOf(figures).map(({ text }) => text)).toEqual([
    "`he` at 1: 1 run of 2 diverged; seed 1 at step 13, first in dense2. An update overshot and the next was larger still: a smaller learning rate or smaller weights would hold it.",
  ]);
});
