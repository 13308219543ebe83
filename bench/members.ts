import { type EngineName, type Training, wasmTrainer } from "../packages/core/src/engine/index.ts";
import { memberOf, type Workload } from "./workloads.ts";

/** Trains members of a workload one after another and returns their last training losses. */
export const trainMembers = (engine: EngineName, workload: Workload, seeds: readonly number[]): number[] => {
  const { model, data, loss, batch, steps, every } = workload;
  const logSteps = Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
  const training: Training = { loss, optimizer: { name: "gradientDescent" }, steps, batch, logSteps };
  const trainer = wasmTrainer(model, data, training, { mode: engine === "fast" ? "fast" : "strict" });
  return seeds.map((seed) => {
    const progress = trainer.start(memberOf(workload, seed));
    while (!progress.done) progress.advance(5_000);
    const { trainLoss } = progress.run();
    return trainLoss[trainLoss.length - 1]!;
  });
};
