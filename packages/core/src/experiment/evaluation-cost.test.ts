import { expect, test } from "vitest";
import { loadData } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { trainingFor } from "./setup.ts";

/** Multiply-adds, counted layer by layer. */
const costs = (sizes: readonly number[], trained: number, evaluated: number, looked: number) => {
  let [training, evaluation] = [0, 0];
  for (let k = 1; k < sizes.length; k++) {
    const size = sizes[k - 1]! * sizes[k]!;
    training += trained * (k === 1 ? 2 : 3) * size;
    evaluation += evaluated * size + (k === 1 ? 0 : looked * size);
  }
  return { training, evaluation };
};

test.each([
  ["digits", [64, 128, 10], 10],
  ["digits", [64, 32, 32, 10], 40],
  ["mnist1d", [40, 128, 10], 10],
] as const)(
  "evaluations of %s with %j over %d epochs take at most a fifth of training",
  async (name, sizes, epochs) => {
    const data = await loadData(name);
    const { logSteps, figureSamples, steps, batch } = trainingFor(mlp(sizes), data, { epochs });
    expect([batch, figureSamples]).toEqual([64, 256]);
    const { training, evaluation } = costs(
      sizes,
      epochs * data.train.count,
      data.train.count + data.test!.count,
      256,
    );
    expect(logSteps.length * evaluation).toBeLessThanOrEqual(training / 5);
    expect((logSteps.length + 2) * evaluation).toBeGreaterThan(training / 5);
    expect([logSteps[0], logSteps.at(-1)]).toEqual([0, steps]);
    expect(logSteps.length).toBeGreaterThanOrEqual(3);
  },
);

test("what is asked for goes before, and start and end are always evaluated", async () => {
  const data = await loadData("digits");
  const model = mlp([64, 8, 10]);
  expect(trainingFor(model, data, { steps: 6, logEvery: 2 }).logSteps).toEqual([0, 2, 4, 6]);
  expect(trainingFor(model, data, { steps: 6 }).logSteps).toEqual([0, 6]);
  expect(trainingFor(model, data, { steps: 0 }).logSteps).toEqual([0]);
});
