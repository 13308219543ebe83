import { expect, test } from "vitest";
import { copy, loadData, textDataset } from "../data/index.ts";
import { embedding, mlp, sequential, transformer } from "../model/index.ts";
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

test("a transformer's evaluations count its attention, and the square of the length in it", () => {
  const [length, width, tokens, blocks] = [40, 8, 11, 2];
  const data = copy({ samples: 640, testSamples: 160, length: length / 2, tokens: tokens - 1 });
  const model = transformer({ blocks, width, heads: 2, input: { tokens, length } });
  const attention = 4 * width * width * length + 2 * width * length * length;
  const forward = blocks * (attention + 8 * width * width * length) + width * tokens * length;
  const { logSteps, steps } = trainingFor(model, data, { epochs: 40 });
  expect(steps).toBe(400);
  // The first layer, a table, multiplies nothing: a backward pass for the signal is as long as one forward.
  const training = 40 * 640 * 3 * forward;
  const evaluation = (640 + 160 + 256) * forward;
  expect(logSteps.length * evaluation).toBeLessThanOrEqual(training / 5);
  expect((logSteps.length + 2) * evaluation).toBeGreaterThan(training / 5);
});

test("a model that multiplies nothing has log points", () => {
  const data = textDataset("abcd".repeat(100), { length: 4 });
  const bigrams = sequential([embedding(4)], { input: { tokens: 4, length: 4 } });
  expect(trainingFor(bigrams, data, { steps: 10 }).logSteps).toEqual([0, 10]);
});
