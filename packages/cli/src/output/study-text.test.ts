import { circles, compare, DEFAULT_STEPS, mlp, train } from "@stepzero/core";
import { expect, test } from "vitest";
import { studyText } from "./study-text.ts";

const data = circles({ samples: 40, testSamples: 20 });
const model = mlp([2, 4, 3, 1]);
const small = { learningRates: [0.1, 0.3], steps: 5, workers: 0 };

test("csv is an initialization and numbers, or nothing where there is no figure", async () => {
  const study = await compare(model, data, { ...small, initializations: ["zeros", "he"], seeds: 3 });
  const [head, ...rows] = studyText(study, "csv")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  expect(head).toEqual([
    ...["initialization", "best rate", "reached", "seeds", "interval low", "interval high", "median steps"],
    ...["median steps low", "median steps high", "resolution", "held at end"],
    ...["lowest working rate", "highest working rate", "distinct units dense1", "distinct units dense2"],
    ...["first loss", "constant loss", "dead units start", "dead units end"],
    ...["dead networks start", "dead networks end", "dead networks expected"],
    ...["stuck", "diverged", "test accuracy", "test loss"],
  ]);
  expect(rows.map(([id]) => id)).toEqual(["zeros", "he"]);
  for (const [, ...figures] of rows) {
    expect(figures).toHaveLength(head!.length - 1);
    for (const figure of figures) expect(figure).toMatch(/^(?:-?\d+(?:\.\d+)?(?:e-?\d+)?)?$/);
  }
  // Runs that are one have no interval; of three that differ and did not reach it is 0 to 56 %.
  expect(rows[0]!.slice(2, 6)).toEqual(["0", "3", "", ""]);
  expect(rows[1]!.slice(2, 5)).toEqual(["0", "3", "0"]);
  expect(Number(rows[1]![5])).toBeCloseTo(0.5615, 4);
});

test("one is one: seed, rate, initialization, step", async () => {
  const one = { learningRates: [0.1], initializations: ["he"], seeds: 1, steps: 1, workers: 0 };
  const text = studyText(await compare(model, data, one), "table");
  expect(text).toContain("1 seed × 1 learning rate × 1 initialization");
  expect(text).toContain("; 1 step, full batch");
  expect(text).not.toMatch(/\b1 (?:seeds|steps|learning rates|initializations)\b/);
});

test("the steps that help names are those that are made", async () => {
  const { training } = await train(mlp([2, 1]), circles({ samples: 4, testSamples: 0 }), { engine: "wasm" });
  expect(training.steps).toBe(DEFAULT_STEPS.train);
  const { plan } = compare(mlp([2, 1]), data, { signal: AbortSignal.abort() });
  expect(plan.training.steps).toBe(DEFAULT_STEPS.compare);
});
