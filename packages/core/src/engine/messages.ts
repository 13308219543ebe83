import type { Model } from "../model/index.ts";
import type { EngineName, Member, Run, Training, TrainingData } from "./trainer.ts";

/** What the pool tells a worker: first the work that all members share, then members one by one. */
export type ToWorker =
  | {
      readonly kind: "setup";
      readonly engine: EngineName;
      readonly model: Model;
      readonly data: TrainingData;
      readonly training: Training;
    }
  | { readonly kind: "member"; readonly index: number; readonly member: Member };

export type FromWorker =
  | { readonly kind: "progress"; readonly index: number; readonly step: number }
  | { readonly kind: "run"; readonly index: number; readonly run: Run }
  /** The member could not be run: bad input, or a fault. */
  | { readonly kind: "failed"; readonly index: number; readonly reason: string };
