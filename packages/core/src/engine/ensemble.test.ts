import { afterEach, expect, test, vi } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { initialize } from "../scheme/index.ts";
import { runEnsemble } from "./ensemble.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { WorkerEvents } from "./platform/platform.ts";
import type { Run } from "./trainer.ts";

/** A worker that answers every member at once, and dies of the one that it is told to. */
const fatal = vi.hoisted(() => ({ index: -1, started: 0 }));
vi.mock("#platform", () => ({
  cores: () => 2,
  pause: () => Promise.resolve(),
  startWorker: ({ message, died }: WorkerEvents) => {
    fatal.started++;
    return {
      terminate: () => {},
      post: (order: ToWorker) => {
        if (order.kind !== "member") return;
        const { index } = order;
        const answer: FromWorker = { kind: "run", index, run: {} as Run };
        setTimeout(() => (index === fatal.index ? died("killed") : message(answer)), 1);
      },
    };
  },
}));
afterEach(() => {
  fatal.index = -1;
  fatal.started = 0;
});

const model = mlp([2, 3, 1]);
const ensemble = {
  engine: "reference" as const,
  model,
  data: circles({ samples: 10 }),
  training: {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps: 5,
    batch: null,
    logSteps: [0, 5],
  } as const,
  count: 7,
  member: (index: number) => ({
    parameters: initialize(model, { seed: index }),
    learningRate: 0.1,
    shuffleSeed: index,
  }),
};

test("a worker that dies loses the member it was at; another takes its place and the rest is kept", async () => {
  fatal.index = 3;
  const runs: number[] = [];
  const { lost } = await runEnsemble(ensemble, { workers: 2, onRun: (index) => runs.push(index) });
  expect(lost).toEqual([{ index: 3, reason: "killed" }]);
  expect(runs.sort()).toEqual([0, 1, 2, 4, 5, 6]);
  expect(fatal.started).toBe(3);
});

test("a worker that dies of the last member ends the ensemble", async () => {
  fatal.index = 6;
  const { lost } = await runEnsemble(ensemble, { workers: 1, onRun: () => {} });
  expect(lost).toEqual([{ index: 6, reason: "killed" }]);
});

test("cancelled before it begins, it starts no worker", async () => {
  await runEnsemble(ensemble, { workers: 2, signal: AbortSignal.abort(), onRun: () => {} });
  expect(fatal.started).toBe(0);
});

test("where no worker can be started it says what to do", async () => {
  fatal.index = 0;
  const runs: number[] = [];
  const ended = runEnsemble(ensemble, { workers: 1, onRun: (index) => runs.push(index) });
  await expect(ended).rejects.toThrow(
    /^workers: no worker could be started: killed\.\n {2}A bundler .+ optimizeDeps: \{ exclude: \["@stepzero\/core"\] \} to vite\.config\. Or pass workers: 0/,
  );
  expect(runs).toEqual([]);
  expect(fatal.started).toBe(1);
});
