import { expect, test, vi } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { compare } from "./compare.ts";

/** Workers that die soon after they have begun. */
vi.mock("#platform", async (original) => ({
  ...(await original<typeof import("#platform")>()),
  startWorker: ({ message: tell, died }: { message(told: object): void; died(reason: string): void }) => ({
    post: (message: { kind: string; index: number }) => {
      if (message.kind !== "member") return;
      queueMicrotask(() => {
        tell({ kind: "progress", index: message.index, step: 1 });
        died("its memory ran out");
      });
    },
    terminate: () => {},
  }),
}));

test("where every run is lost, the promise rejects with the cause, and so does who iterates", async () => {
  const options = { initializations: ["zeros", "he"], learningRates: [0.1], seeds: 2, steps: 5, workers: 2 };
  const comparison = compare(mlp([2, 3, 1]), circles({ samples: 20 }), options);
  const cause =
    "compare: every run was lost; the first, zeros at learning rate 0.1, seed 0: its memory ran out";
  await expect(comparison).rejects.toThrow(cause);
  await expect(
    (async () => {
      for await (const _ of compare(mlp([2, 3, 1]), circles({ samples: 20 }), options));
    })(),
  ).rejects.toThrow(cause);
});
