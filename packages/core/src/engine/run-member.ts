import { pause } from "#platform";
import { type Model, placedLayers } from "../model/index.ts";
import type { Member, Run, Trainer, Training, TrainingData } from "./trainer.ts";

/** Multiply-adds after which a training lets events in: about 10 ms. */
const SLICE: Readonly<Record<Trainer["engine"], number>> = { reference: 4e6, wasm: 1e8, fast: 1e8 };

/** Updates a slice, at least one. */
export const sliceSteps = (
  engine: Trainer["engine"],
  model: Model,
  data: TrainingData,
  { batch }: Training,
): number => {
  const weights = placedLayers(model).reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  const samples = Math.min(batch ?? data.train.count, data.train.count);
  return Math.max(1, Math.floor(SLICE[engine] / (3 * Math.max(1, weights) * samples)));
};

export interface RunMemberOptions {
  readonly steps: number;
  readonly cancelled?: () => boolean;
  readonly onProgress?: (step: number, run: () => Run) => void;
}

/** Trains one member in slices; cancelled, it is the run so far. */
export const runMember = async (
  trainer: Trainer,
  member: Member,
  { steps, cancelled = () => false, onProgress }: RunMemberOptions,
): Promise<{ run: Run; step: number; complete: boolean }> => {
  const progress = trainer.start(member);
  while (!progress.done && !cancelled()) {
    progress.advance(steps);
    onProgress?.(progress.step, () => progress.run());
    await pause();
  }
  return { run: progress.run(), step: progress.step, complete: progress.done };
};
