import { expect, test } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { compare } from "./compare.ts";
import { evaluate, predict } from "./predict.ts";
import { train } from "./train.ts";

const data = circles({ samples: 60, testSamples: 30, seed: 1 });
const model = mlp([2, 6, 1], { norm: "batch" });

test("a trained network is evaluated with the running statistics that training left", async () => {
  const run = await train(model, data, { engine: "reference", optimizer: "adam", steps: 20 });
  const { parameters, state, test: tested } = run;
  expect(Object.keys(state!)).toEqual(["batchNorm1/mean", "batchNorm1/variance"]);
  expect(evaluate(model, parameters, data, "test", { state: state! })).toEqual(tested);
  expect(evaluate(model, parameters, data, "test")).not.toEqual(tested);

  const points = Array.from({ length: data.test!.count }, (_, s) => [
    data.test!.x[s]!,
    data.test!.x[data.test!.count + s]!,
  ]);
  const labels = predict(model, parameters, points, { state: state! }).map(({ label }) => label);
  const right = labels.filter((label, s) => label === data.test!.y[s]).length;
  expect(right / points.length).toBe(tested!.accuracy);
});

test("a study keeps no parameters of networks that cannot be evaluated by them alone", async () => {
  const options = { initializations: ["he"], learningRates: [0.1], seeds: 1, steps: 2, workers: 0 };
  const kept = async (norm: "batch" | "layer"): Promise<boolean> => {
    const study = await compare(mlp([2, 6, 1], { norm }), data, { ...options, engine: "reference" });
    return study.runs[0]!.parameters !== undefined;
  };
  expect([await kept("batch"), await kept("layer")]).toEqual([false, true]);
});
