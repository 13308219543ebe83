import { expect, test } from "vitest";
import { mlp } from "../model/index.ts";
import { drawingOf } from "./drawing.ts";
import { contendersOf, type MemberPlan, memberOf } from "./members.ts";

const training: MemberPlan["training"] = {
  loss: "bce",
  optimizer: { name: "sgd" },
  steps: 1,
  batch: null,
  order: "pytorch",
  logSteps: [0, 1],
};
const planOf = (size: number): MemberPlan => ({
  model: mlp([2, size, size, 1]),
  training,
  generator: "pytorch",
  dtype: "float64",
  paired: false,
});
const gridOf = ({ model }: MemberPlan, ...names: string[]) => ({
  contenders: contendersOf(model, names),
  learningRates: [0.1, 0.3],
});
const place = { contender: 1, rate: 1, seed: 7 };

test("a large network is drawn on another thread, to the same bits; a small one here", async () => {
  const large = planOf(400);
  const grid = gridOf(large, "he", "glorot");
  const drawing = drawingOf(large, undefined);
  const drawn = drawing.member(grid, place);
  expect(drawn).toBeInstanceOf(Promise);
  expect(await drawn).toEqual(memberOf(large, grid, place));
  drawing.end();
  const small = planOf(4);
  expect(drawingOf(small, undefined).member(gridOf(small, "he", "glorot"), place)).toEqual(
    memberOf(small, gridOf(small, "he", "glorot"), place),
  );
});

test("what cannot be drawn is refused as it is here, and a signal ends the waiting", async () => {
  const plan = planOf(400);
  const grid = gridOf(plan, "he", "identity");
  expect(() => memberOf(plan, grid, { ...place, contender: 2 })).toThrow();
  const refusing = drawingOf(plan, undefined);
  await expect(refusing.member(grid, { ...place, contender: 2 })).rejects.toThrow();
  refusing.end();
  const controller = new AbortController();
  const drawing = drawingOf(plan, controller.signal);
  const drawn = drawing.member(gridOf(plan, "he", "orthogonal"), place);
  controller.abort();
  expect(await drawn).toBe(null);
  expect(await drawing.member(grid, place)).toBe(null);
});
