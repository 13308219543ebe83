import { checkKind, InputError, KIND, optionsOf, suggestion } from "../base/index.ts";
import { LOSSES } from "../model/index.ts";
import { checkClip, optimizer as named, schedule as scheduled } from "../optimizer/index.ts";
import { orderKind } from "../random/index.ts";
import type { Samples, Training, TrainingData } from "./trainer.ts";

/** Refuses what an engine cannot train by or on: another optimizer, say, or no samples. */
export const checkTraining = (who: string, data: TrainingData, training: Training): void => {
  checkKind(who, "the data", data, KIND.object);
  checkSamples(who, "train", data.train);
  if (data.test !== null) checkSamples(who, "test", data.test);
  const { loss, optimizer, steps, schedule, warmup, clip, order, logSteps } = optionsOf(who, training, {
    loss: KIND.text,
    optimizer: KIND.object,
    schedule: KIND.object,
    warmup: KIND.number,
    clip: KIND.object,
    order: KIND.text,
    ratesApart: KIND.flag,
    steps: KIND.number,
    batch: {
      words: "a number or null",
      holds: (value) => value === null || isCount(value),
    },
    logSteps: KIND.numbers,
    figureSamples: { words: "an integer ≥ 1", holds: isCount },
    target: KIND.object,
  });
  checkKind(who, "logSteps", logSteps, KIND.numbers);
  if (!LOSSES.includes(loss)) {
    throw new InputError(who, `unknown loss "${String(loss)}"`, suggestion(String(loss), LOSSES));
  }
  checkKind(who, "optimizer", optimizer, KIND.object);
  named(optimizer);
  scheduled(schedule ?? "constant", { updates: steps, warmup });
  if (clip !== undefined) checkClip(clip);
  orderKind(order ?? "stepzero");
};

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;

const checkSamples = (who: string, part: string, samples: Samples): void => {
  checkKind(who, `the data's ${part}`, samples, KIND.object);
  checkKind(who, `${part}.x`, samples.x, KIND.floats);
  checkKind(who, `${part}.y`, samples.y, KIND.floats);
};
