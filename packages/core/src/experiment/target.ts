import { checkKind, InputError, KIND, optionsOf, shown } from "../base/index.ts";
import type { RunFigures } from "../engine/index.ts";
import type { LossName } from "../model/index.ts";

/** What a run is to reach on the training data: an accuracy of at least, or a loss of at most, a value. */
export interface Target {
  readonly metric: "accuracy" | "loss";
  readonly split: "train";
  readonly value: number;
}

/**
 * A target from its text.
 *
 * ```ts
 * target("accuracy=0.95"); // { metric: "accuracy", split: "train", value: 0.95 }
 * ```
 */
export const target = (text: string): Target => {
  checkKind("target", "the target", text, KIND.text, 'Write "accuracy=0.95".');
  const [metric, number, ...rest] = text.split("=").map((part) => part.trim());
  const value = Number(number);
  const known = metric === "accuracy" || metric === "loss";
  if (!known || number === undefined || number === "" || !Number.isFinite(value) || rest.length > 0) {
    throw new InputError("target", `expected accuracy=NUMBER or loss=NUMBER, got "${text}"`);
  }
  return checkTarget({ metric, split: "train", value });
};

export const checkTarget = (one: Target): Target => {
  const { metric, split } = optionsOf("target", one, {
    metric: KIND.text,
    split: KIND.text,
    value: KIND.number,
  });
  if ((metric !== "accuracy" && metric !== "loss") || split !== "train") {
    throw new InputError("target", `expected an accuracy or a loss of the split train, got ${shown(one)}`);
  }
  const top = one.metric === "accuracy" ? 1 : Infinity;
  if (!(one.value >= 0 && one.value <= top)) {
    throw new InputError(
      "target",
      `expected ${one.metric} from 0${top === 1 ? " to 1" : ""}, got ${shown(one.value)}`,
    );
  }
  return one;
};

/** 95 % of the training data right; under mse, which counts nothing as right, a loss of 0.1. */
export const defaultTarget = (loss: LossName): Target =>
  loss === "mse"
    ? { metric: "loss", split: "train", value: 0.1 }
    : { metric: "accuracy", split: "train", value: 0.95 };

/** Whether the run met the target at log point `index`. */
export const meets = (run: RunFigures, { metric, value }: Target, index: number): boolean =>
  metric === "accuracy" ? run.trainAccuracy[index]! >= value : run.trainLoss[index]! <= value;
