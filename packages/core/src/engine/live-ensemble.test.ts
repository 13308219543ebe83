import { expect, test, vi } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { createTrainer } from "./create-trainer.ts";
import { type LiveEvents, liveEnsemble } from "./live-ensemble.ts";
import type { ToSideBySide, ToWorker } from "./messages.ts";
import type { WorkerEvents } from "./platform/platform.ts";
import { sideBySide } from "./side-by-side.ts";
import type { EngineName } from "./trainer.ts";

/** Workers that train in this thread and can be killed. */
const started = vi.hoisted(() => [] as { kill: (reason: string) => void }[]);
vi.mock("#platform", () => ({
  cores: () => 2,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  startWorker: ({ message, died }: WorkerEvents) => {
    let receive: ((order: ToSideBySide) => void) | null = null;
    let alive = true;
    started.push({
      kill: (reason) => {
        alive = false;
        died(reason);
      },
    });
    return {
      terminate: () => {
        alive = false;
      },
      post: (order: ToWorker) =>
        setImmediate(() => {
          if (!alive) return;
          if (order.kind === "setup") {
            const { engine, model, data, training } = order;
            const trainer = createTrainer(engine, model, data, training);
            receive = sideBySide(trainer, model, training, (told) => alive && message(told));
          } else if (order.kind !== "member") receive!(order);
        }),
    };
  },
}));

const model = mlp([2, 3, 1]);
const STEPS = 40;
const ensemble = {
  engine: "reference" as EngineName,
  model,
  data: circles({ samples: 10 }),
  training: {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps: STEPS,
    batch: null,
    logSteps: [0, STEPS],
  } as const,
  count: 4,
  member: (index: number) => ({
    parameters: initialize(model, { seed: index }),
    learningRate: 0.1,
    shuffleSeed: index,
  }),
};

const watched = (more: Partial<typeof ensemble> = {}, workers = 2) => {
  const steps = new Map<number, number>();
  const ended: number[] = [];
  const lost: { index: number; reason: string }[] = [];
  let wake: () => void = () => {};
  const events: LiveEvents = {
    onNews: (index, { step }) => void steps.set(index, step),
    onEnd: (index) => void ended.push(index),
    onLost: (one) => void lost.push(one),
    onReport: () => wake(),
  };
  const until = (there: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      wake = () => there() && resolve();
      wake();
    });
  return { live: liveEnsemble({ ...ensemble, ...more }, { workers, ...events }), steps, ended, lost, until };
};

test("a worker that dies loses its members alone; rewinding brings them back in a new one", async () => {
  started.length = 0;
  const { live, steps, ended, lost, until } = watched();
  live.until(10);
  await until(() => [...steps.values()].filter((step) => step === 10).length === 4);
  const answer = live.outputs(1, new Float64Array(2), 1);
  started[1]!.kill("killed");
  await expect(answer).rejects.toThrow("killed");
  expect(lost).toEqual([
    { index: 1, reason: "killed" },
    { index: 3, reason: "killed" },
  ]);
  live.until(STEPS);
  await until(() => ended.length === 2);
  expect(ended.sort()).toEqual([0, 2]);
  await expect(live.outputs(1, new Float64Array(2), 1)).rejects.toThrow("lost");

  ended.length = 0;
  live.rewind();
  live.until(STEPS);
  await until(() => ended.length === 4);
  expect(started).toHaveLength(3);
  expect(lost).toHaveLength(2);
  live.close();
});

test.each([0, 2])("a member that cannot be drawn is lost alone, on %d workers", async (workers) => {
  const member = (index: number) => {
    if (index === 2) throw new Error("no such weights");
    return ensemble.member(index);
  };
  const { live, ended, lost, until } = watched({ member }, workers);
  const once = { index: 2, reason: "no such weights" };
  live.until(STEPS);
  await until(() => ended.length === 3);
  expect(lost).toEqual([once]);
  live.rewind();
  live.until(STEPS);
  await until(() => ended.length === 6);
  expect(lost).toEqual([once, once]);
  live.close();
});

test.each([0, 2])(
  "a member that fails in training is lost alone, each time anew, on %d workers",
  async (workers) => {
    const bad = { shape: [3, 2], data: new Float32Array(5) };
    const member = (index: number) => {
      const whole = ensemble.member(index);
      return index === 2 ? { ...whole, parameters: { ...whole.parameters, "dense1/kernel": bad } } : whole;
    };
    const { live, ended, lost, until } = watched({ member, engine: "wasm" }, workers);
    live.until(STEPS);
    await until(() => ended.length === 3 && lost.length === 1);
    expect(lost[0]!.reason).toContain("expected 6 values for dense1/kernel, got 5");
    live.rewind();
    live.until(STEPS);
    await until(() => ended.length === 6 && lost.length === 2);
    live.close();
  },
);
