import {
  type Cancellation,
  type Dtype,
  KIND,
  type KindsOf,
  optionsOf,
  type Parameters,
  type Warning,
} from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import {
  createTrainer,
  type Divergence,
  type EngineName,
  type LayerColumns,
  type Run,
  runMember,
  sliceSteps,
  type Training,
} from "../engine/index.ts";
import type { Initializer } from "../init/index.ts";
import type { InitializeAt, Model } from "../model/index.ts";
import { optimizer, usualRate } from "../optimizer/index.ts";
import { checkSeed } from "../random/index.ts";
import {
  drawParameters,
  type Generator,
  type InitializationSpec,
  initializationWarnings,
  rateWarnings,
  schemeSpec,
  withInitializersAt,
} from "../scheme/index.ts";
import { checkFit } from "./check-fit.ts";
import { inputSquareOf, onData } from "./input-square.ts";
import { memberRates, memberWords } from "./members.ts";
import {
  checkRate,
  engineFor,
  SIGNAL,
  TRAINING_OPTIONS,
  type TrainingOptions,
  trainingFor,
} from "./setup.ts";

export interface TrainOptions extends TrainingOptions {
  /** `"auto"` by default; ignored where `parameters` are given. */
  readonly initialization?: InitializationSpec | Initializer;
  /** Where to start, as `initialize` gives them. */
  readonly parameters?: Parameters;
  /** Feeds the draw of the parameters and the order of batches. */
  readonly seed?: number;
  readonly generator?: Generator;
  /** In what the parameters are drawn; the generator's own by default. */
  readonly dtype?: Dtype;
  /** By default 0.01, or what is usual for the optimizer. */
  readonly learningRate?: number;
  /** Initializers by the path of parameters, as `withInitializersAt` takes them. */
  readonly initializeAt?: readonly InitializeAt[];
  readonly signal?: Cancellation;
  readonly onProgress?: (progress: TrainProgress) => void;
}

export interface TrainProgress {
  readonly step: number;
  readonly steps: number;
  /** At the last log point. */
  readonly trainLoss: number;
}

/** Loss, and accuracy where the task is to classify. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number | null;
  /** The share of samples of which every position that counts is right; of data with positions alone. */
  readonly sequenceAccuracy?: number;
}

export interface TrainResult {
  readonly model: Model;
  /** Canonical form, or `null` where the parameters were given. */
  readonly initialization: { readonly name: string; readonly [option: string]: number | string } | null;
  readonly seed: number;
  readonly learningRate: number;
  readonly training: Training;
  readonly engine: EngineName;
  readonly warnings: readonly Warning[];
  /** Updates done: all of them unless the run diverged or was cancelled. */
  readonly step: number;
  /** False where it was cancelled. */
  readonly complete: boolean;
  readonly history: {
    readonly step: readonly number[];
    readonly trainLoss: readonly number[];
    readonly trainAccuracy: readonly number[];
    readonly testLoss: readonly number[] | null;
    readonly testAccuracy: readonly number[] | null;
    /** Of data with positions alone. */
    readonly trainSequenceAccuracy?: readonly number[];
    readonly testSequenceAccuracy?: readonly number[] | null;
  };
  readonly layers: Readonly<Record<string, LayerColumns>>;
  /** After the last update; NaN where the run diverged. Cancelled, at the last log point. */
  readonly train: Score;
  readonly test: Score | null;
  readonly diverged: Divergence | null;
  readonly parameters: Parameters;
  /** Running statistics of batch norms, by path, which `predict` and `evaluate` take beside the parameters; absent where there are none. */
  readonly state?: Parameters;
}

const TRAIN_OPTIONS: KindsOf<TrainOptions> = {
  ...TRAINING_OPTIONS,
  initialization: KIND.spec,
  parameters: KIND.object,
  seed: KIND.number,
  generator: KIND.text,
  dtype: KIND.text,
  learningRate: KIND.number,
  initializeAt: KIND.list,
  signal: SIGNAL,
  onProgress: KIND.function,
};

/**
 * Trains one network, by gradient descent unless another optimizer is named. Cancelled by its
 * signal, it resolves with what is done by then and `complete: false`.
 *
 * ```ts
 * const data = circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
 * const run = await train(mlp([2, 10, 5, 1]), data, { initialization: "he", seed: 3, learningRate: 0.1, steps: 2000 });
 * (run.train.accuracy ?? 0) > 0.95; // true
 * ```
 */
export const train = async (
  network: Model,
  data: Dataset,
  given: TrainOptions = {},
): Promise<TrainResult> => {
  const {
    initialization: asked = "auto",
    seed = 0,
    learningRate: rate,
    parameters: start,
    initializeAt = [],
    signal,
    onProgress,
    ...options
  } = optionsOf("train", given, TRAIN_OPTIONS);
  const model = withInitializersAt(network, initializeAt);
  checkFit(model, data);
  const initialization = onData(model, data, asked);
  const inputSquare = inputSquareOf(data);
  checkSeed("train", seed);
  const planned = trainingFor(model, data, options);
  const learningRate = rate ?? usualRate(planned.optimizer);
  checkRate(learningRate);
  const engine = engineFor(options.engine, options.generator, options.dtype);
  const rates = start === undefined ? memberRates(model, initialization, planned) : {};
  const known = { family: optimizer(planned.optimizer).family, name: planned.optimizer.name };
  const training = rates.rates === undefined ? planned : { ...planned, ratesApart: true };
  const { generator = "stepzero", dtype } = options;
  const drawn =
    start === undefined
      ? drawParameters(model, { initialization, seed, generator, ...(dtype === undefined ? {} : { dtype }) })
      : { parameters: start, words: undefined };
  const trainer = createTrainer(engine, model, data, training);
  const report = (step: number, run: () => Run): void => {
    if (onProgress === undefined) return;
    const { trainLoss } = run();
    onProgress({ step, steps: training.steps, trainLoss: trainLoss[trainLoss.length - 1] ?? Number.NaN });
  };
  const { run, step, complete } = await runMember(
    trainer,
    {
      parameters: drawn.parameters,
      learningRate,
      shuffleSeed: seed,
      ...rates,
      ...memberWords(training, drawn.words),
    },
    {
      steps: sliceSteps(engine, model, data, training),
      cancelled: () => signal?.aborted === true,
      onProgress: report,
    },
  );
  return {
    model,
    initialization: start === undefined ? schemeSpec(initialization) : null,
    seed,
    learningRate,
    training,
    engine,
    warnings: [
      ...(data.table?.warnings ?? []),
      ...(start === undefined
        ? initializationWarnings(model, initialization, inputSquare === undefined ? {} : { inputSquare })
        : []),
      ...(start === undefined ? rateWarnings(model, initialization, known) : []),
    ],
    step,
    complete,
    history: {
      step: training.logSteps.slice(0, run.logged),
      trainLoss: [...run.trainLoss],
      trainAccuracy: [...run.trainAccuracy],
      testLoss: run.testLoss && [...run.testLoss],
      testAccuracy: run.testAccuracy && [...run.testAccuracy],
      ...(run.trainSequenceAccuracy === undefined
        ? {}
        : {
            trainSequenceAccuracy: [...run.trainSequenceAccuracy],
            testSequenceAccuracy: run.testSequenceAccuracy ? [...run.testSequenceAccuracy] : null,
          }),
    },
    layers: run.layers,
    train: scoreOf(run, run.trainLoss, run.trainAccuracy, run.trainSequenceAccuracy),
    test:
      run.testLoss === null
        ? null
        : scoreOf(run, run.testLoss, run.testAccuracy!, run.testSequenceAccuracy ?? undefined),
    diverged: run.diverged,
    parameters: run.parameters,
    ...(run.state === undefined ? {} : { state: run.state }),
  };
};

const scoreOf = (
  { diverged }: Run,
  loss: Float64Array,
  accuracy: Float64Array,
  sequences: Float64Array | undefined,
): Score => {
  const end = (column: Float64Array): number =>
    diverged === null ? (column[column.length - 1] ?? Number.NaN) : Number.NaN;
  return {
    loss: end(loss),
    accuracy: diverged === null && accuracy.length === 0 ? null : end(accuracy),
    ...(sequences === undefined ? {} : { sequenceAccuracy: end(sequences) }),
  };
};
