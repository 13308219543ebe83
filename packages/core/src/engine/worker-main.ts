import { workerPort } from "#platform";
import { createTrainer } from "./create-trainer.ts";
import type { FromSideBySide, FromWorker, Setup, ToSideBySide, ToWorker } from "./messages.ts";
import { runMember, sliceSteps } from "./run-member.ts";
import { sideBySide } from "./side-by-side.ts";
import type { Trainer } from "./trainer.ts";

const port = workerPort();
const tell = (message: FromWorker): void => port.post(message);
let trainer: Trainer | null = null;
let slice = 1;
let together: ((order: ToSideBySide) => void) | null = null;
/** Why there is no trainer. */
let refusal = "it was given no work";
/** Members are run one after another, in the order in which they came. */
let queue: Promise<void> = Promise.resolve();

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const setUp = ({ engine, model, data, training }: Setup): void => {
  try {
    trainer = createTrainer(engine, model, data, training);
    slice = sliceSteps(engine, model, data, training);
    together = sideBySide(trainer, model, training, (report: FromSideBySide, transfer) =>
      port.post(report, transfer),
    );
  } catch (error) {
    refusal = reasonOf(error);
  }
};

const runOne = async ({ index, member }: Extract<ToWorker, { kind: "member" }>): Promise<void> => {
  try {
    const { run } = await runMember(trainer!, member, {
      steps: slice,
      onProgress: (step) => tell({ kind: "progress", index, step }),
    });
    tell({ kind: "run", index, run });
  } catch (error) {
    tell({ kind: "failed", index, reason: reasonOf(error) });
  }
};

tell({ kind: "ready" });
port.listen((message) => {
  const order = message as ToWorker;
  if (order.kind === "setup") setUp(order);
  else if (trainer === null || together === null) {
    if ("index" in order) tell({ kind: "failed", index: order.index, reason: refusal });
  } else if (order.kind === "member") queue = queue.then(() => runOne(order));
  else together(order);
});
