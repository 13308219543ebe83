import { beforeAll, expect, test } from "vitest";
import type { Parameters } from "../../base/index.ts";
import { type Dataset, loadData } from "../../data/index.ts";
import { heNormal } from "../../init/index.ts";
import { cnn, type Model, placedLayers, resNet } from "../../model/index.ts";
import { key } from "../../random/index.ts";
import type { Member, Samples, Training } from "../trainer.ts";
import { gather } from "./gather.ts";
import { LOSS_FUNCTIONS, network, referenceTrainer } from "./index.ts";

const model = resNet({ depth: 8, input: [1, 8, 8], width: 4 });

const he = (of: Model, seed: number): Parameters =>
  Object.fromEntries(
    placedLayers(of)
      .flatMap(({ parameters }) => parameters)
      .map(({ path, role, shape }) => {
        if (role === "kernel")
          return [path, heNormal().draw(shape, key(seed).at(path), { dtype: "float64" })];
        return [path, { shape, data: new Float64Array(shape[0]!).fill(role === "scale" ? 1 : 0) }];
      }),
  );
const member = (seed: number, learningRate = 0.003): Member => ({
  parameters: he(model, seed),
  learningRate,
  shuffleSeed: seed,
});
const training: Training = {
  loss: "softmax",
  optimizer: { name: "adam" },
  steps: 15,
  batch: 32,
  logSteps: [0, 5, 10, 15],
};

let digits: Dataset;
let train: Samples;
let tested: Samples;
beforeAll(async () => {
  digits = await loadData("digits");
  const part = (from: Samples, count: number) =>
    gather(
      from,
      Uint32Array.from({ length: count }, (_, i) => i),
      64,
    );
  train = part(digits.train, 160);
  tested = part(digits.test!, 80);
});

const trained = (parts: readonly number[], ...members: Member[]) => {
  const trainer = referenceTrainer(model, { train, test: tested }, training);
  const under = members.map((one) => trainer.start(one));
  for (const steps of parts) for (const progress of under) progress.advance(steps);
  return under.map((progress) => progress.run());
};

test("a resNet learns digits: its loss falls, and its state is what evaluation takes", () => {
  const [run] = trained([Infinity], member(3));
  const { trainLoss, testLoss, parameters, state } = run!;
  // Untrained batch norms evaluate with mean 0 and variance 1, so the first steps need not be better there.
  expect(trainLoss[3]).toBeLessThan(0.75 * trainLoss[0]!);
  expect(run!.diverged).toBeNull();
  expect(Object.keys(state!)).toHaveLength(2 * 9);
  const evaluate = (given?: Parameters): number => {
    const net = network(model, parameters, given === undefined ? {} : { state: given });
    return LOSS_FUNCTIONS.softmax.value(net.forward(tested.x, tested.count), tested.y, 10, tested.count);
  };
  expect(evaluate(state)).toBe(testLoss![3]);
  expect(evaluate()).not.toBe(testLoss![3]);
});

test("members that take turns each have statistics of their own", () => {
  const alone = [3, 4].flatMap((seed) => trained([Infinity], member(seed)));
  const turns = trained(new Array(20).fill(1), member(3), member(4));
  expect(turns).toEqual(alone);
});

test("a run without running statistics has no state", () => {
  const plain = cnn({ input: [1, 8, 8], channels: [2] });
  const progress = referenceTrainer(
    plain,
    { train, test: null },
    { ...training, steps: 1, logSteps: [1] },
  ).start({ ...member(1), parameters: he(plain, 1) });
  progress.advance(1);
  expect(progress.run()).not.toHaveProperty("state");
});

test("where a run diverges it names the layer in the tree", () => {
  const path = "residual2/branch/conv2";
  const parameters = he(model, 3);
  parameters[`${path}/kernel`]!.data[5] = Number.NaN;
  const [broken] = trained([1], { ...member(3), parameters });
  expect(broken!.diverged).toEqual({ step: 0, layer: path });

  const shortcut = "residual3/shortcut/conv1";
  const large = he(model, 3);
  large[`${shortcut}/kernel`]!.data.fill(1e308);
  const [overflow] = trained([1], { ...member(3), parameters: large });
  expect(overflow!.diverged).toEqual({ step: 0, layer: shortcut });
});
