import {
  type Dtype,
  InputError,
  KIND,
  type Kind,
  type KindsOf,
  plural,
  shown,
  suggestion,
} from "../base/index.ts";
import { checkDataset, type Dataset } from "../data/index.ts";
import { ENGINES, type EngineName, type Training } from "../engine/index.ts";
import { figuredLayers, type LossName, type Model, outputsOf } from "../model/index.ts";
import {
  type ClipConfig,
  checkClip,
  type OptimizerSpec,
  optimizer,
  type ScheduleSpec,
  schedule,
} from "../optimizer/index.ts";
import { type OrderName, orderKind } from "../random/index.ts";
import { affordable, FIGURE_SAMPLES } from "./evaluation-cost.ts";
import { logStepsOf } from "./limits.ts";

/** Updates where nothing is said. */
export const DEFAULT_STEPS = { train: 2000, compare: 15_000 } as const;

/** How to train, for one network or many. */
export interface TrainingOptions {
  /** Updates: 2,000 unless set here or by the data, and 15,000 in a comparison. */
  readonly steps?: number;
  /** Instead of steps: passes over the training data. */
  readonly epochs?: number;
  /** Samples per step; the full set unless set here or by the data. */
  readonly batch?: number | "full";
  /** `"sgd"` by default, which is gradient descent. A bare name has PyTorch's meaning. */
  readonly optimizer?: OptimizerSpec;
  /** How the learning rate changes; `"constant"` by default. */
  readonly schedule?: ScheduleSpec;
  /** Updates in which the learning rate rises to its full size. */
  readonly warmup?: number;
  /** Limits of the gradient: of its norm over all parameters, and of every value. */
  readonly clip?: ClipConfig;
  /** The order of the samples in an epoch; `"stepzero"` by default. */
  readonly order?: OrderName;
  /** Steps between two log points. By default there are at most 120, and on data with defaults of its own their evaluation costs at most a fifth of the training's multiply-adds. */
  readonly logEvery?: number;
  readonly engine?: EngineName;
}

export const TRAINING_OPTIONS: KindsOf<TrainingOptions> = {
  steps: KIND.number,
  epochs: KIND.number,
  batch: { words: 'a number or "full"', holds: (value) => value === "full" || typeof value === "number" },
  optimizer: KIND.spec,
  schedule: KIND.spec,
  warmup: KIND.number,
  clip: KIND.object,
  order: KIND.text,
  logEvery: KIND.number,
  engine: KIND.text,
};

/** What a caller cancels by. */
export const SIGNAL: Kind = {
  words: "an AbortSignal",
  holds: (value) => typeof (value as { aborted?: unknown } | null)?.aborted === "boolean",
};

/** The loss that a model gets on data: its own, or by the task; refuses what does not fit. */
export const lossFor = (model: Model, data: Dataset): LossName => {
  checkDataset("data", data);
  const outputs = outputsOf(model);
  const loss = model.loss ?? (data.task === "regression" ? "mse" : outputs === 1 ? "bce" : "softmax");
  if (loss === "mse") {
    if (data.positions !== undefined && data.task !== "regression") {
      throw new InputError(
        "model",
        `expected the loss softmax or bce for the classes at the positions of ${data.name}, got mse`,
      );
    }
    if (outputs !== data.outputs) {
      throw new InputError(
        "model",
        `expected ${data.outputs} ${plural(data.outputs, "output")} for mse on ${data.name}, got ${outputs}`,
      );
    }
  } else if (data.task === "regression") {
    throw new InputError("model", `expected the loss mse for regression, got ${loss}`);
  } else if (loss === "bce" && (outputs !== 1 || data.classes !== 2)) {
    throw new InputError(
      "model",
      `expected 1 output and 2 classes for bce, got ${outputs} and ${data.classes}`,
      `Let the last layer have ${data.classes} units; the loss is then softmax.`,
    );
  } else if (loss === "softmax" && outputs < Math.max(2, data.classes)) {
    throw new InputError(
      "model",
      `expected ${data.classes} outputs, one per class of ${data.name}, got ${outputs}`,
    );
  }
  return loss;
};

/** Training options with everything said, for the engines. */
export const trainingFor = (model: Model, data: Dataset, options: TrainingOptions): Training => {
  const loss = lossFor(model, data);
  const { defaults } = data;
  const size = options.batch ?? defaults?.batch ?? "full";
  const batch = size === "full" ? null : size;
  if (batch !== null) checkInteger("batch", batch, 1);
  const perEpoch = Math.ceil(data.train.count / Math.min(batch ?? data.train.count, data.train.count));
  const epochs = options.epochs ?? defaults?.epochs;
  if (epochs !== undefined) checkInteger("epochs", epochs, 0);
  const steps = options.steps ?? (epochs === undefined ? DEFAULT_STEPS.train : epochs * perEpoch);
  checkInteger("steps", steps, 0);
  const seen =
    Math.floor(steps / perEpoch) * data.train.count + (steps % perEpoch) * (batch ?? data.train.count);
  const every =
    options.logEvery ??
    (defaults === undefined ? Math.max(1, Math.floor(steps / 120)) : affordable(model, data, steps, seen));
  checkInteger("logEvery", every, 1);
  const logSteps = logStepsOf(steps, every, figuredLayers(model).length);
  const planned = schedule(options.schedule ?? "constant", { updates: steps, warmup: options.warmup });
  const clip = checkClip(options.clip ?? {});
  const order = orderKind(options.order ?? "stepzero").name as OrderName;
  return {
    loss,
    optimizer: optimizer(options.optimizer ?? "sgd").config,
    ...(planned.config.name === "constant" ? {} : { schedule: planned.config }),
    ...(planned.warmup === 0 ? {} : { warmup: planned.warmup }),
    ...(Object.keys(clip).length === 0 ? {} : { clip }),
    steps,
    batch,
    ...(order === "stepzero" ? {} : { order }),
    logSteps,
    ...(defaults === undefined ? {} : { figureSamples: FIGURE_SAMPLES }),
  };
};

/** The engine asked for, or the one that fits the draws: float64 draws are trained in float64. */
export const engineFor = (
  engine: EngineName | undefined,
  generator: string | undefined,
  dtype?: Dtype,
): EngineName => {
  if (engine !== undefined && !ENGINES.includes(engine)) {
    throw new InputError(
      "engine",
      `expected one of ${ENGINES.join(", ")}, got "${String(engine)}"`,
      suggestion(String(engine), ENGINES),
    );
  }
  if (dtype !== undefined && dtype !== "float32" && dtype !== "float64") {
    throw new InputError("dtype", `expected float32 or float64, got ${shown(dtype)}`);
  }
  const drawn = dtype ?? (generator === "numpy" ? "float64" : "float32");
  return engine ?? (drawn === "float64" ? "reference" : "wasm");
};

export const checkRate = (rate: number): void => {
  if (!(Number.isFinite(rate) && rate >= 0)) {
    throw new InputError("learningRate", `expected a finite number ≥ 0, got ${shown(rate)}`);
  }
};

export const checkInteger = (name: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InputError(name, `expected an integer ≥ ${least}, got ${shown(value)}`);
  }
};
