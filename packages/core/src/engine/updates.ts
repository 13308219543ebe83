import { type ClipConfig, type Optimizer, optimizer, type Schedule, schedule } from "../optimizer/index.ts";
import type { Training } from "./trainer.ts";

/** How the parameters of a training are updated, every option said. */
export interface Updates {
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly clip: ClipConfig;
}

export const updatesOf = (training: Training): Updates => ({
  optimizer: optimizer(training.optimizer),
  schedule: schedule(training.schedule ?? "constant", { updates: training.steps, warmup: training.warmup }),
  clip: training.clip ?? {},
});
