import { expect, test } from "vitest";
import { divergencesOf } from "../figures/divergences.ts";
import { madeUpFigures, madeUpRun } from "../figures/made-up.ts";
import { USUAL_VIEW } from "../figures/shown.ts";
import { stripChart } from "../learn/strip.ts";
import { boundariesChart } from "./boundaries.ts";
import { distinctChart } from "./distinct.ts";
import { accuracyChart, lossChart } from "./loss-or-accuracy.ts";
import { outcomesChart } from "./outcomes.ts";
import { ratesChart } from "./rates.ts";
import { shareChart } from "./share.ts";
import { activationsChart } from "./signal.ts";
import { captionOf } from "./table.ts";

const SOURCE = {
  window: { x: [-1, 1], y: [-1, 1] } as const,
  points: { count: 0, x: [], y: [], label: [], classes: 2 },
  tile: () => null,
};
const one = { learningRates: [0.1] };
const halves = [0.7, 0.7, 0.7];

test("on a tie all are named, none alone", () => {
  const figures = madeUpFigures(
    {
      zeros: [[madeUpRun(0, halves)]],
      random: [[madeUpRun(0, halves), madeUpRun(1, halves)]],
      he: [[madeUpRun(0, [0.7, 0.4, 0.1]), madeUpRun(1, [0.7, 0.4, 0.1])]],
    },
    one,
  );
  expect(lossChart(figures, USUAL_VIEW).summary).toBe(
    "After 20 steps `he` has the lowest median training loss, 0.1; `zeros` and `random` have the highest, 0.7.",
  );
  expect(accuracyChart(figures, USUAL_VIEW)!.summary).toBe(
    "After 20 steps `he` has the highest median training accuracy, 95 %; `zeros` and `random` have the lowest, 65 %.",
  );
  const equal = madeUpFigures({ zeros: [[madeUpRun(0, halves)]], random: [[madeUpRun(0, halves)]] }, one);
  expect(lossChart(equal, USUAL_VIEW).summary).toBe(
    "After 20 steps `zeros` and `random` have the same training loss, 0.7.",
  );
});

test("the sentence over tiles counts what stands below them", () => {
  const solved = (seed: number, held = true) =>
    madeUpRun(seed, [0.7, 0.1, held ? 0.1 : 0.3], { stepsToTarget: 10, held });
  const figures = madeUpFigures(
    {
      he: [[solved(0), solved(1), solved(2)]],
      random: [[solved(0), solved(1, false), madeUpRun(2, [0.7, 0.2, 0.11])]],
      zeros: [[madeUpRun(0, halves)]],
    },
    one,
  );
  const chart = boundariesChart(figures, USUAL_VIEW, SOURCE, [0, 1, 2]);
  expect(chart.summary).toBe(
    "After 20 steps, of the 3 seeds shown, the target was reached by `he` in 3 and `random` in 2 (and lost again in 1); by `zeros` in none.",
  );
  expect(chart.rows.map(({ tiles }) => tiles.map(captionOf))).toEqual([
    ["95 %, reached", "95 %, reached", "65 %"],
    ["95 %, reached", "85 %, lost again", "65 %"],
    ["95 %, reached", "94.5 %", "65 %"],
  ]);
});

test("a sentence is about a step that everyone it names has come to", () => {
  const figures = madeUpFigures(
    {
      he: [[madeUpRun(0, [0.7, 0.4], { done: false })]],
      random: [[madeUpRun(0, [0.7, 0.5, 0.3], { done: false })]],
      "random:10": [[madeUpRun(0, [900], { diverged: { step: 3, layer: "dense1" } })]],
    },
    one,
  );
  expect(lossChart(figures, USUAL_VIEW).summary).toBe(
    "After 10 steps `he` has the lowest training loss, 0.4; `random` has the highest, 0.5; the run of `random:10` diverged.",
  );
  expect(shareChart(figures, USUAL_VIEW).summary).toBe(
    "After 10 steps no seed of any initialization has reached the target.",
  );
});

test("rates between which it does not work are not called a range", () => {
  const at = (stepsToTarget: number) => [madeUpRun(0, halves, { stepsToTarget })];
  const rates = (...steps: number[]) =>
    ratesChart(madeUpFigures({ he: steps.map(at) }, { learningRates: [0.01, 0.1, 1] })).summary;
  expect(rates(10, Infinity, 20)).toContain("with `he` at 0.01 and 1 (fewest at 0.01: median 10");
  expect(rates(20, 15, 10)).toContain("with `he` at 0.01 to 1 (fewest at 1: median 10");
  expect(rates(Infinity, Infinity, Infinity)).toBe(
    "At none of these learning rates have nine in ten seeds reached the target.",
  );
});

test("in no sentence can an initialization be read as a pronoun", () => {
  const run = madeUpRun(0, [0.7, 0.1, 0.1], { stepsToTarget: 10 });
  const lost = madeUpRun(1, [0.7], { lost: "the worker ended" });
  const diverged = madeUpRun(2, [0.7], { diverged: { step: 3, layer: "dense1" } });
  const layer = () => ({ low: [1, 1, 1], median: [1, 1, 1], high: [1, 1, 1] });
  for (const learningRates of [[0.1], [0.1, 1]]) {
    const figures = madeUpFigures(
      { he: [[run, lost], [diverged]], zeros: [[run], [run]] },
      { learningRates, layer },
    );
    const sentences = [
      boundariesChart(figures, USUAL_VIEW, SOURCE, [0, 1]).summary,
      boundariesChart(figures, USUAL_VIEW, SOURCE, [0]).summary,
      stripChart(figures, USUAL_VIEW, SOURCE, 0).title,
      lossChart(figures, USUAL_VIEW).summary,
      accuracyChart(figures, USUAL_VIEW)!.summary,
      outcomesChart(figures, USUAL_VIEW).summary,
      ratesChart(figures).summary,
      shareChart(figures, USUAL_VIEW).summary,
      distinctChart(figures, USUAL_VIEW)!.summary,
      activationsChart(figures, USUAL_VIEW, "start")!.summary,
      ...divergencesOf(figures).map(({ text }) => text),
    ];
    expect(sentences.length).toBeGreaterThan(10);
    for (const text of sentences) {
      expect(text).toContain("`he`");
      expect(text.replaceAll("`he`", "")).not.toMatch(/\bhe\b/i);
    }
  }
});
