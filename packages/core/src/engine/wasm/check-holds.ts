import type { Model } from "../../model/index.ts";
import type { Training, TrainingData } from "../trainer.ts";
import { checkSize } from "./check-size.ts";
import { makePlan } from "./plan.ts";

/** Refuses what WebAssembly has no kernel or no memory for, without loading it. */
export const checkHolds = (model: Model, data: TrainingData, training: Training): void =>
  checkSize(makePlan(model, data, training, 0, 0).end);
