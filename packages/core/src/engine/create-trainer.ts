import { InputError, suggestion } from "../base/index.ts";
import type { Model } from "../model/index.ts";
import { referenceTrainer } from "./reference/index.ts";
import { ENGINES, type EngineName, type Trainer, type Training, type TrainingData } from "./trainer.ts";
import { wasmTrainer } from "./wasm/index.ts";

/** The engine of that name, set up for one model and one data set. */
export const createTrainer = (
  engine: EngineName,
  model: Model,
  data: TrainingData,
  training: Training,
): Trainer => {
  switch (engine) {
    case "reference":
      return referenceTrainer(model, data, training);
    case "wasm":
      return wasmTrainer(model, data, training, { mode: "strict" });
    case "fast":
      return wasmTrainer(model, data, training, { mode: "fast" });
    default:
      throw new InputError(
        "engine",
        `unknown engine "${String(engine)}"`,
        suggestion(String(engine), ENGINES),
      );
  }
};
