import { expect, test } from "vitest";
import { train } from "../train.ts";
import golden from "./anyinit-depth.golden.json" with { type: "json" };
import { reproduceAnyinitDepth } from "./anyinit-depth.ts";
import { startChecks, trainingChecks } from "./anyinit-depth-checks.ts";
import { anyinitNetwork } from "./anyinit-depth-network.ts";
import { ANYINIT_DEPTH } from "./anyinit-depth-published.ts";

const [deep, shallow] = [anyinitNetwork(30), anyinitNetwork(10)];

test("the published figures are those of the golden file", () => {
  const { depth: _, end: _end, zeros: _zeros, ...start } = golden.deep;
  const { printed: _printed, ...deepStart } = ANYINIT_DEPTH.deep;
  expect(deepStart).toEqual(start);
  const { words, first, last, marks, intervals } = golden.shallow;
  const kept = { words, first, last, marks: marks.slice(0, 3), intervals: intervals.slice(0, 3) };
  expect(ANYINIT_DEPTH.shallow).toEqual(kept);
});

test("every initial parameter and point is PyTorch's, at both depths", () => {
  const checks = [...startChecks(deep, ANYINIT_DEPTH.deep), ...startChecks(shallow, ANYINIT_DEPTH.shallow)];
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(checks.slice(0, 2).map(({ measured }) => measured)).toEqual([479_361, 4_096]);
});

test("a parameter that is another bit is found, with its tensor's size", () => {
  const kernel = deep.parameters["dense2/kernel"]!;
  const data = Float32Array.from(kernel.data);
  data[5] = Math.fround(data[5]! * (1 + 2 ** -23));
  const parameters = { ...deep.parameters, "dense2/kernel": { ...kernel, data } };
  const [found] = startChecks({ ...deep, parameters }, ANYINIT_DEPTH.deep);
  expect(found).toMatchObject({ passed: false, measured: 479_361 - 128 * 128 });
});

test("the first update of depth 30 in float64 is PyTorch's", async () => {
  const { history } = await train(deep.model, deep.data, {
    initialization: "pytorch",
    generator: "pytorch",
    optimizer: "adam",
    learningRate: 1e-3,
    steps: 1,
    logEvery: 1,
    engine: "reference",
  });
  history.trainLoss.forEach((loss, step) => {
    expect(Math.abs(loss - golden.deep.losses[step]!)).toBeLessThan(1e-9);
  });
});

const trained = {
  deep,
  losses: golden.deep.losses,
  deepEnd: golden.deep.end,
  zerosEnd: golden.deep.zeros,
  shallow,
  shallowLosses: Object.assign([] as number[], {
    ...Object.fromEntries(golden.shallow.marks.map((step, i) => [step, golden.shallow.runs[0]![i]])),
    length: 401,
  }),
};
const failed = (changed: Partial<typeof trained>): string[] =>
  trainingChecks({ ...trained, ...changed })
    .filter(({ passed }) => !passed)
    .map(({ what }) => what);

test("PyTorch's own losses pass; a wrong loss, a deep network that learns and a shallow one that does not are found", () => {
  expect(failed({})).toEqual([]);
  expect(failed({ losses: trained.losses.map((loss, step) => loss + (step === 7 ? 2e-9 : 0)) })).toEqual([
    "depth 30: loss after 7 updates",
  ]);
  expect(failed({ deepEnd: 0.24 })).toEqual(["depth 30 learned nothing: loss after 400 updates ÷ variance"]);
  expect(
    failed({ shallowLosses: trained.shallowLosses.map((_, step) => (step === 400 ? 0.25 : 0.2)) }),
  ).toHaveLength(4);
});

test("cancelled before it begins, it has nothing to say", async () => {
  const { complete, passed, checks } = await reproduceAnyinitDepth({ signal: AbortSignal.abort() });
  expect([complete, passed, checks]).toEqual([false, false, []]);
});
