import { type Dtype, InputError, KIND, type KindsOf } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import type { EngineName, Target, Training } from "../engine/index.ts";
import { figuredLayers, type InitializeAt, type Model } from "../model/index.ts";
import { optimizer, usualRates } from "../optimizer/index.ts";
import { checkSeed, orderKind } from "../random/index.ts";
import {
  type Generator,
  type InitializationSpec,
  ratesOf,
  generator as source,
  withInitializersAt,
} from "../scheme/index.ts";
import { type Baseline, baselineOf } from "./baseline.ts";
import { checkFit } from "./check-fit.ts";
import { columnCount, thinned } from "./columns.ts";
import { layerStepsOf } from "./layer-figures.ts";
import { MOST_ADDED, type RateSearch } from "./learning-rates.ts";
import { checkRuns } from "./limits.ts";
import { type Contender, contendersOf, type Grid } from "./members.ts";
import {
  checkInteger,
  checkRate,
  DEFAULT_STEPS,
  engineFor,
  TRAINING_OPTIONS,
  type TrainingOptions,
  trainingFor,
} from "./setup.ts";
import { checkTarget, defaultTarget } from "./target.ts";

/** What a comparison with nothing said compares, and at which rates. */
export const DEFAULT_INITIALIZATIONS = ["zeros", "random", "random:10", "he"] as const;
export const DEFAULT_LEARNING_RATES = usualRates(optimizer("sgd").config);

/** Which networks to compare, and by what. */
export interface PlanOptions extends TrainingOptions {
  readonly initializations?: readonly InitializationSpec[];
  /** `"auto"` begins with the default ones and adds rates at either end until each initialization's best lies inside, at most four there. */
  readonly learningRates?: readonly number[] | "auto";
  /** Number of seeds, 50 unless set here or by the data: seed, seed + 1, …. */
  readonly seeds?: number;
  readonly seed?: number;
  readonly generator?: Generator;
  /** The generator's own by default. */
  readonly dtype?: Dtype;
  readonly target?: Target;
  /** Initializers by the path of parameters, as `withInitializersAt` takes them, under every initialization. */
  readonly initializeAt?: readonly InitializeAt[];
  /** Whether one seed sends the same uniforms through every initialization's quantile function. */
  readonly paired?: boolean;
}

export const PLAN_OPTIONS: KindsOf<PlanOptions> = {
  ...TRAINING_OPTIONS,
  initializations: KIND.list,
  learningRates: {
    words: 'a list of numbers, or "auto"',
    holds: (value) => value === "auto" || KIND.numbers.holds(value),
  },
  seeds: KIND.number,
  seed: KIND.number,
  generator: KIND.text,
  dtype: KIND.text,
  target: { words: 'a target, as target("accuracy=0.95") gives', holds: KIND.object.holds },
  paired: KIND.flag,
  initializeAt: KIND.list,
};
/** What a comparison is to do, everything said. */
export interface StudyPlan {
  readonly contenders: readonly Contender[];
  readonly model: Model;
  readonly data: Dataset;
  readonly training: Training;
  readonly engine: EngineName;
  readonly generator: Generator;
  /** In what the parameters are drawn; `null` is the generator's own. */
  readonly dtype: Dtype | null;
  readonly paired: boolean;
  readonly target: Target;
  /** What the best constant prediction comes to on the training data. */
  readonly baseline: Baseline;
  /** Those that are tried; of a search, the ones that it found to be worth it so far. */
  readonly learningRates: readonly number[];
  /** How rates are added to those that it began with; `null` where they were given. */
  readonly rateSearch: RateSearch | null;
  readonly seed: number;
  readonly seeds: number;
  /** Whether every seed has data of its own. */
  readonly resampled: boolean;
  /** Log points that the columns keep: all, or 128 of them. */
  readonly logSteps: readonly number[];
  /** Log points at which figures of the layers are kept: some of `logSteps`. */
  readonly layerSteps: readonly number[];
}

/** The plan with the networks that it comes to. */
export interface Plan extends StudyPlan {
  readonly grid: Grid;
}

/** Everything said and checked, before anything is trained. */
export const planOf = (network: Model, data: Dataset, options: PlanOptions, resampled = false): Plan => {
  const model = withInitializersAt(network, options.initializeAt ?? []);
  checkFit(model, data);
  const {
    generator = "stepzero",
    dtype,
    paired = true,
    seed = 0,
    seeds = data.defaults?.seeds ?? 50,
  } = options;
  checkSeed("compare", seed);
  checkInteger("seeds", seeds, 1);
  checkSeed("compare", seed + seeds - 1);
  source(generator, seed);
  const usual = usualRates(optimizer(options.optimizer ?? "sgd").config);
  const { learningRates: asked = usual } = options;
  const learningRates = [...(asked === "auto" ? usual : asked)];
  if (learningRates.length === 0) throw new InputError("learningRates", "expected at least one, got none");
  learningRates.forEach(checkRate);
  if (new Set(learningRates).size < learningRates.length) {
    throw new InputError("learningRates", `expected different rates, got ${learningRates.join(", ")}`);
  }
  const planned = trainingFor(model, data, {
    ...options,
    steps:
      options.steps ??
      (options.epochs === undefined && data.defaults === undefined ? DEFAULT_STEPS.compare : undefined),
  } as TrainingOptions);
  const contenders = contendersOf(model, options.initializations ?? DEFAULT_INITIALIZATIONS, data);
  const baseline = baselineOf(data, planned.loss);
  const target = checkTarget(options.target ?? defaultTarget(planned.loss, baseline));
  if (target.metric !== "loss" && planned.loss === "mse") {
    throw new InputError("target", "expected a loss under mse, got an accuracy", "Write loss=0.1.");
  }
  const { family } = optimizer(planned.optimizer);
  const ratesApart = contenders.some(({ spec }) => ratesOf(model, spec, family) !== null);
  const training: Training = { ...planned, target, ...(ratesApart ? { ratesApart } : {}) };
  const logSteps = thinned(training.logSteps);
  const shuffles = (training.batch !== null && orderKind(training.order ?? "stepzero").random) || resampled;
  const layerSteps = layerStepsOf(logSteps, figuredLayers(model).length);
  const mostRates = learningRates.length + (asked === "auto" ? 2 * MOST_ADDED : 0);
  const runs = contenders.length * mostRates * seeds;
  checkRuns({ model, runs, columns: columnCount(training, data), logSteps, layerSteps });
  return {
    contenders,
    resampled,
    logSteps,
    layerSteps,
    model,
    data,
    training,
    engine: engineFor(options.engine, generator, dtype),
    generator,
    dtype: dtype ?? null,
    paired,
    target,
    baseline,
    learningRates,
    rateSearch: asked === "auto" ? { from: learningRates, most: MOST_ADDED } : null,
    seed,
    seeds,
    grid: { contenders, learningRates, seed, seeds, shuffles },
  };
};
