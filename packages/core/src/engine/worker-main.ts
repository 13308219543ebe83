import { workerPort } from "#platform";
import { createTrainer } from "./create-trainer.ts";
import type { FromSideBySide, FromWorker, ToSideBySide, ToWorker } from "./messages.ts";
import { runMember, sliceSteps } from "./run-member.ts";
import { sideBySide } from "./side-by-side.ts";
import type { Trainer } from "./trainer.ts";

const port = workerPort();
const tell = (message: FromWorker): void => port.post(message);
let trainer: Trainer | null = null;
let slice = 1;
let together: ((order: ToSideBySide) => void) | null = null;
/** Members are run one after another, in the order in which they came. */
let queue: Promise<void> = Promise.resolve();

const runOne = async ({ index, member }: Extract<ToWorker, { kind: "member" }>): Promise<void> => {
  try {
    const { run } = await runMember(trainer!, member, {
      steps: slice,
      onProgress: (step) => tell({ kind: "progress", index, step }),
    });
    tell({ kind: "run", index, run });
  } catch (error) {
    tell({ kind: "failed", index, reason: error instanceof Error ? error.message : String(error) });
  }
};

port.listen((message) => {
  const order = message as ToWorker;
  if (order.kind === "setup") {
    const { engine, model, data, training } = order;
    trainer = createTrainer(engine, model, data, training);
    slice = sliceSteps(engine, model, data, training);
    together = sideBySide(trainer, model, training, (report: FromSideBySide, transfer) =>
      port.post(report, transfer),
    );
  } else if (order.kind === "member") queue = queue.then(() => runOne(order));
  else together!(order);
});
