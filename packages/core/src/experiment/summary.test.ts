import { expect, test } from "vitest";
import { circles, type Dataset } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { type CompareOptions, compare } from "./compare.ts";
import type { Cell } from "./summary.ts";
import { target } from "./target.ts";

/** 194 of one class and 6 of the other, of which 2 lie apart and 4 lie on points of the first. */
const rare = (): Dataset => {
  const circle = circles({ samples: 200, testSamples: 0 });
  const points = Array.from({ length: 200 }, (_, i) =>
    i < 2 ? [4, 4] : [Math.cos(i % 97), Math.sin(i % 97)],
  );
  const x = Float64Array.from([0, 1].flatMap((axis) => points.map((point) => point[axis]!)));
  return {
    ...circle,
    name: "rare",
    train: { ...circle.train, x, y: circle.train.y.map((_, i) => (i < 6 ? 1 : 0)) },
  };
};
const options: CompareOptions = {
  initializations: ["zeros", "he"],
  learningRates: [0.3],
  seeds: 3,
  steps: 500,
  workers: 0,
};
const stuck = async (text?: string) => {
  const more = text === undefined ? {} : { target: target(text) };
  const { initializations } = await compare(mlp([2, 8, 1]), rare(), { ...options, ...more });
  return initializations.map(({ best }) => [best!.train.accuracy!.median, best!.heldAtEnd, best!.stuck]);
};

test("a run at a target that no constant reaches is not stuck, also less than 0.05 above the largest class's share", async () => {
  expect(await stuck("accuracy=0.975")).toEqual([
    [0.97, 0, 3],
    [0.98, 3, 0],
  ]);
  expect(await stuck("balanced-accuracy=0.6")).toEqual([
    [0.97, 0, 3],
    [0.98, 3, 0],
  ]);
});

test("a target that a constant reaches frees nobody, and neither does one that was not held", async () => {
  expect(await stuck("accuracy=0.5")).toEqual([
    [0.97, 3, 3],
    [0.98, 3, 3],
  ]);
  expect(await stuck()).toEqual([
    [0.97, 0, 3],
    [0.98, 0, 3],
  ]);
});

test("where no run reached the target, the best rate is that of the lowest loss, and of equal ones one inside", async () => {
  const learningRates = [0.3, 0.001, 0.01, 0.03, 0.1];
  const study = await compare(mlp([2, 8, 1]), rare(), { ...options, learningRates, steps: 40 });
  const [zeros, he] = study.initializations;
  const losses = (cells: readonly Cell[]) => cells.map(({ train }) => train.loss!.median);
  expect(he!.best!.reached.count).toBe(0);
  expect(he!.best!.train.loss!.median).toBe(Math.min(...losses(he!.cells)));
  expect(he!.best!.learningRate).toBe(0.3);
  expect(zeros!.best!.train.loss!.median).toBe(Math.min(...losses(zeros!.cells)));
});

test("networks of zeros are not said to be off by chance, and their first loss is not said to be too loud", async () => {
  const study = await compare(mlp([2, 8, 1]), rare(), { ...options, batch: 50, steps: 4 });
  expect(study.initializations[0]!.best!.dead.start!.networks).toBe(1);
  expect(study.warnings.map(({ rule }) => rule)).not.toContain("activation/dead-networks");
  const [zeros] = study.warnings.filter(({ rule }) => rule === "loss/initial-too-high");
  expect(zeros!.message).toContain("zeros: the loss at step 0 is 0.693 in the median");
  expect(zeros!.message).toContain("--output-prior starts them at the frequencies of the classes");
  expect(zeros!.message).not.toContain("Smaller weights");
});
