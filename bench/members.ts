import { type EngineName, type Training, wasmTrainer } from "../packages/core/src/engine/index.ts";
import { data, memberOf, model } from "./workloads.ts";

/**
 * Trains members one after another and returns their last training losses. Figures are taken as often as in
 * the default run of 15,000 steps: every 125.
 */
export const trainMembers = (engine: EngineName, seeds: readonly number[], steps: number): number[] => {
  const every = 125;
  const logSteps = Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
  if (logSteps[logSteps.length - 1] !== steps) logSteps.push(steps);
  const training: Training = {
    loss: "bce",
    optimizer: { name: "gradientDescent" },
    steps,
    batch: null,
    logSteps,
  };
  const trainer = wasmTrainer(model, data, training, { mode: engine === "fast" ? "fast" : "strict" });
  return seeds.map((seed) => {
    const progress = trainer.start(memberOf(seed));
    while (!progress.done) progress.advance(5_000);
    const { trainLoss } = progress.run();
    return trainLoss[trainLoss.length - 1]!;
  });
};
