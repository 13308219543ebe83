import { expect, test } from "vitest";
import { madeUpFigures, madeUpRun } from "../figures/made-up.ts";
import { USUAL_VIEW } from "../figures/shown.ts";
import { activationsChart, gradientsChart } from "./signal.ts";
import { csvOf, tableOf } from "./table.ts";

/** At step 0 the first grows 382 times and the second hardly; after training the first looks healthier. */
const GROWTH: Readonly<Record<number, readonly [number, number]>> = { 0: [382, 4.8], 1: [1.08, 19.9] };
const run = madeUpRun(0, [0.7, 0.4, 0.1]);
const figures = madeUpFigures(
  { "random:10": [[run]], he: [[run]] },
  {
    learningRates: [0.1],
    layer: (i, _, path, quantity) => {
      if (quantity === "distinctUnits") return null;
      const far = path === (quantity === "activationRms" ? "dense2" : "dense1");
      const [start, end] = GROWTH[i]!;
      const median = far ? [start, 10, end] : [1, 1, 1];
      return { low: median, median, high: median };
    },
  },
);

test.each([
  [activationsChart, "Activations per layer", "Signal", "from the first layer to the last"],
  [gradientsChart, "Gradients per layer", "Gradient", "on the way back from the last layer to the first"],
])("%o is of step 0 first, and of the end beside it", (chart, title, what, way) => {
  const start = chart(figures, USUAL_VIEW, "start")!;
  const end = chart(figures, USUAL_VIEW, "end")!;
  expect([start.title, end.title]).toEqual([`${title}, at step 0`, `${title}, at the end`]);
  expect(start.summary).toBe(`${what} at step 0, ${way}: ×382 with \`random:10\` and ×1.08 with \`he\`.`);
  expect(end.summary).toBe(`${what} at the end, ${way}: ×4.8 with \`random:10\` and ×19.9 with \`he\`.`);
  expect([start.y.low, start.y.high]).toEqual([end.y.low, end.y.high]);
  expect(start.id).not.toBe(end.id);
});

test("the cursor moves the end, never the start", () => {
  const view = { ...USUAL_VIEW, at: 12 };
  expect(activationsChart(figures, view, "start")!.title).toBe("Activations per layer, at step 0");
  const at = activationsChart(figures, view, "end")!;
  expect(at.title).toBe("Activations per layer, at step 10");
  expect(tableOf(at).rows[1]).toEqual(["dense2", "10", "10"]);
});

test("while training goes on nothing is called the end", () => {
  const going = { ...run, done: false };
  const live = madeUpFigures({ he: [[going]] }, { learningRates: [0.1], layer: figures.layer });
  expect(activationsChart(live, USUAL_VIEW, "end")!.title).toBe("Activations per layer, by now");
});

test("its CSV names the layers and has raw numbers", () => {
  const [head, ...rows] = csvOf(activationsChart(figures, USUAL_VIEW, "start")!)
    .trim()
    .split("\r\n");
  expect(head).toBe("layer,random:10,he");
  expect(rows).toEqual(["dense1,1,1", "dense2,382,1.08"]);
});

test("a signal of 0 lies on its own row, and nothing that is there leaves the axis", () => {
  const layer = (i: number, _: number, path: string) => {
    const median = path === "dense1" ? [1, 1, 1] : i === 0 ? [0, 0, 0] : [1e-30, 1, 1];
    return { low: median, median, high: median };
  };
  const zeros = madeUpFigures({ zeros: [[run]], he: [[run]] }, { learningRates: [0.1], layer });
  const { y, summary } = activationsChart(zeros, USUAL_VIEW, "start")!;
  expect(y.zero!.at).toBeGreaterThan(y.low);
  expect(y.zero!.cut).toBeGreaterThan(y.zero!.at);
  expect(y.zero!.cut).toBeLessThan(1e-30);
  expect(summary).toContain("down to 0 with `zeros` and ×1e-30 with `he`");
});
