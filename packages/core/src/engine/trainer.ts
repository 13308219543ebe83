import type { Parameters } from "../base/index.ts";
import type { LossName, Model } from "../model/index.ts";
import type { ClipConfig, OptimizerConfig, ScheduleConfig } from "../optimizer/index.ts";
import type { OrderName } from "../random/index.ts";

export const ENGINES = ["wasm", "fast", "reference"] as const;
export type EngineName = (typeof ENGINES)[number];

/** Samples as the engines read them: a data set's split is one. */
export interface Samples {
  readonly count: number;
  /** `[inputs][count]`; tokens are integers from 0. */
  readonly x: Float64Array;
  /**
   * Class index `[positions][count]` for `bce` and `softmax`, −1 where a position does not count; `[outputs][positions][count]`
   * for `mse`.
   */
  readonly y: Float64Array;
}

export interface TrainingData {
  readonly train: Samples;
  readonly test: Samples | null;
}

export const TARGET_METRICS = ["accuracy", "balancedAccuracy", "loss"] as const;

/** What a run is to reach on the training data: an accuracy of at least, or a loss of at most, a value. */
export interface Target {
  readonly metric: (typeof TARGET_METRICS)[number];
  readonly split: "train";
  readonly value: number;
}

/** What all members of an ensemble share. */
export interface Training {
  readonly loss: LossName;
  readonly optimizer: OptimizerConfig;
  /** How the learning rate changes; constant by default. */
  readonly schedule?: ScheduleConfig;
  /** Updates in which the rate rises to its full size; 0 by default. */
  readonly warmup?: number;
  /** True where members have `rates`. */
  readonly ratesApart?: boolean;
  /** Limits of the gradient; none by default. */
  readonly clip?: ClipConfig;
  readonly steps: number;
  /** Samples per step; `null` is the full set. */
  readonly batch: number | null;
  /** The order of the samples in an epoch; `stepzero` by default. */
  readonly order?: OrderName;
  /** Steps at which figures are taken, ascending; begins with 0, ends with `steps`. */
  readonly logSteps: readonly number[];
  /** How many training samples, from the first on, the figures of layers use; all by default. */
  readonly figureSamples?: number;
  /** What is watched for; nothing by default. */
  readonly target?: Target;
}

/** One network of an ensemble. */
export interface Member {
  readonly parameters: Parameters;
  readonly learningRate: number;
  /** Factors of the learning rate by parameter, where a scheme asks for them; 1 for all others. */
  readonly rates?: Readonly<Record<string, number>>;
  /** Seeds the order of batches. */
  readonly shuffleSeed: number;
  /** Words that the generator of the order has given before: those of the parameters, for PyTorch's. */
  readonly words?: number;
}

/** Where and when a run stopped being finite. */
export interface Divergence {
  /** The update after which a loss or parameter was not finite; 0 is the initial state. */
  readonly step: number;
  /** Path of the first layer (in the order of the forward pass) with a value that is not finite. */
  readonly layer: string;
}

/** Figures of one layer at every log point, on the training set or its first `figureSamples`. */
export interface LayerColumns {
  /** √mean(a²) over units and samples of the layer's output. */
  readonly activationRms: Float32Array;
  /** √mean over units and samples of (∂(mean loss)/∂z)². */
  readonly gradientRms: Float32Array;
  /** Share of features whose output, at each position, is the same on every sample; of the last layer 1 where the network is dead. */
  readonly dead: Float32Array;
  /** Share of outputs in the saturated range; 0 where the activation does not saturate. */
  readonly saturated: Float32Array;
  /** std(ΔW) ÷ std(W) of the kernel, ΔW what the last update changed; NaN before the first, and where std(W) is 0. */
  readonly updateRatio: Float32Array;
  /** Units that differ in incoming weights or bias; NaN where the layer's units have no weights of their own. */
  readonly distinctUnits: Float32Array;
}

/** Figures of a run, one entry a log point that was reached in a finite state. */
export interface RunFigures {
  readonly trainLoss: Float64Array;
  /** Of the positions that count, where there are several. Empty for regression. */
  readonly trainAccuracy: Float64Array;
  /** The mean over classes of the share that is right; empty for regression. */
  readonly trainBalancedAccuracy: Float64Array;
  /** The share of samples of which every position that counts is right; of data with positions alone. */
  readonly trainSequenceAccuracy?: Float64Array;
  readonly testLoss: Float64Array | null;
  readonly testAccuracy: Float64Array | null;
  readonly testSequenceAccuracy?: Float64Array | null;
  readonly layers: Readonly<Record<string, LayerColumns>>;
}

/** What a member did. */
export interface Run extends RunFigures {
  /** Entries in the columns; those of `logSteps` from the first on. */
  readonly logged: number;
  /** The first step, of those that were tested, at which the target was met. */
  readonly reachedAt: number | null;
  readonly diverged: Divergence | null;
  /** As they are after the last update. */
  readonly parameters: Parameters;
  /** What evaluation takes beside them, where the model has any: running statistics, by path. */
  readonly state?: Parameters;
}

/** A member under way. */
export interface Progress {
  /** Updates done. */
  readonly step: number;
  readonly done: boolean;
  /** Log points that were passed. */
  readonly logged: number;
  readonly reachedAt: number | null;
  readonly diverged: Divergence | null;
  /** Does at most `steps` updates; nothing when done. Figures are taken as log points are passed. */
  advance(steps: number): void;
  /** The figures of log points from number `from` on, so far. */
  figures(from: number): RunFigures;
  /** The run so far. */
  run(): Run;
}

/** An engine set up for one model and one data set: buffers are laid out once, members follow one another or take turns. */
export interface Trainer {
  readonly engine: EngineName;
  /** Begins a member. Those that are under way wait; any of them may go on, and none disturbs another. */
  start(member: Member): Progress;
}

/** What the engine cannot hold it refuses with an `InputError` that names layer and reason. */
export type TrainerFactory = (model: Model, data: TrainingData, training: Training) => Trainer;
