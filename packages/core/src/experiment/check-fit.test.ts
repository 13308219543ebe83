import { expect, test } from "vitest";
import { circles, copy, type Dataset, loadData } from "../data/index.ts";
import { cnn, conv, dense, embedding, flatten, mlp, pool, sequential, transformer } from "../model/index.ts";
import { checkFit } from "./check-fit.ts";

const fit = (model: Parameters<typeof checkFit>[0], data: Dataset) => (): void => checkFit(model, data);

test("features fit by their number; axes on both sides have to be the same", async () => {
  const digits = await loadData("digits");
  for (const model of [
    mlp([64, 10]),
    cnn({ input: [1, 8, 8], channels: [4] }),
    sequential([conv(4), pool("global"), dense(10)], { input: [1, 8, 8] }),
  ]) {
    expect(fit(model, digits)).not.toThrow();
  }
  expect(fit(mlp([2, 10]), digits)).toThrow(
    "model: expected 64 inputs, one per column of digits, got 2.\n  Let the layers begin with 64.",
  );
  for (const [input, got] of [
    [[1, 64], "1 × 64"],
    [[3, 32, 32], "3 × 32 × 32"],
    [[4, 4, 4], "4 × 4 × 4"],
  ] as const) {
    expect(fit(sequential([flatten(), dense(10)], { input }), digits)).toThrow(
      `model: expected an input of 1 × 8 × 8, as digits has it, got ${got}.\n  Let the model's input be [1, 8, 8].`,
    );
  }
  const mnist1d = await loadData("mnist1d", { samples: 20, testSamples: 10 });
  expect(fit(cnn({ input: [1, 40], channels: [4] }), mnist1d)).not.toThrow();
  expect(fit(cnn({ input: [40, 1], channels: [4] }), mnist1d)).toThrow("expected an input of 1 × 40");
});

test("features that say no axes take those of the model", () => {
  const data = circles();
  expect(fit(sequential([flatten(), dense(1)], { input: [1, 2] }), data)).not.toThrow();
  expect(fit(sequential([flatten(), dense(1)], { input: [1, 3] }), data)).toThrow(
    "expected an input of 2, as circles has it, got 1 × 3",
  );
});

test("sequences fit a model of as many tokens and as long, and no other", () => {
  const data = copy({ samples: 4, testSamples: 0, length: 3, tokens: 5 });
  const small = { blocks: 1, width: 8, heads: 2 };
  expect(fit(transformer({ ...small, input: { tokens: 6, length: 6 } }), data)).not.toThrow();
  expect(fit(transformer({ ...small, input: { tokens: 7, length: 6 } }), data)).toThrow(
    "model: expected an input of 6 tokens of 6, as copy has it, got 6 tokens of 7.\n" +
      "  Let the model's input be { tokens: 6, length: 6 }, which an embedding reads, as in a transformer.",
  );
  expect(fit(mlp([6, 6]), data)).toThrow("expected an input of 6 tokens of 6, as copy has it, got 6");
  expect(fit(transformer({ ...small, input: { tokens: 2, length: 2 } }), circles())).toThrow(
    "expected an input of 2, as circles has it, got 2 tokens of 2",
  );
});

test("a model answers where the data have labels", () => {
  const data = copy({ samples: 4, testSamples: 0, length: 3, tokens: 5 });
  const input = { tokens: 6, length: 6 };
  expect(fit(sequential([embedding(4), flatten(), dense(6)], { input }), data)).toThrow(
    "dense1: expected answers at 6 positions, where copy has its labels, got one answer per sample",
  );
  expect(fit(sequential([dense(1)], { input: [1, 2] }), circles())).toThrow(
    "dense1: expected one answer per sample of circles, got answers at 2 positions.\n" +
      "  Let flatten, or a pool over all positions, stand before the last layer.",
  );
});
