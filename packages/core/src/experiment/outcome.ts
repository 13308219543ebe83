import {
  type Divergence,
  distinctUnitsOf,
  type EngineName,
  meets,
  type Run,
  resolutionOf,
  type Target,
  type Training,
} from "../engine/index.ts";
import { hiddenLayers, type Model, outputLayer, type PlacedLayer, unitWeights } from "../model/index.ts";
import type { Baseline } from "./baseline.ts";
import { isReachedByConstant, usualAccuracy } from "./target.ts";

/** A run's last figures; an accuracy that there is not is NaN. */
export interface FinalScore {
  readonly loss: number;
  readonly accuracy: number;
  /** Of data with positions alone. */
  readonly sequenceAccuracy?: number;
}

/** What is kept of a run for the comparison. */
export interface Outcome {
  /** Steps to the target, `Infinity` for never. */
  readonly stepsToTarget: number;
  /** Steps between two at which it was tested. */
  readonly resolution: number;
  readonly heldAtEnd: boolean;
  /** Ended hardly better than the largest class alone, at no target that is above that. */
  readonly stuck: boolean;
  readonly diverged: Divergence | null;
  /** Of each hidden layer whose units have weights of their own. */
  readonly distinctUnits: readonly number[];
  /**
   * Features of each hidden layer, and then of the output, that are the same on every training sample, at step 0 and at the
   * end; the network is dead where all of the output's are. `null` where the figures were not finite, or not kept.
   */
  readonly dead: { readonly start: readonly number[] | null; readonly end: readonly number[] | null };
  /** Training loss at step 0. */
  readonly firstLoss: number;
  readonly train: FinalScore;
  readonly test: FinalScore | null;
}

/** Two units that differ by rounding alone count as one; strict float32 keeps twins bit for bit. */
const SAME: Readonly<Record<EngineName, number>> = { reference: 1e-12, wasm: 0, fast: 1e-5 };

export interface OutcomeFrame {
  readonly model: Model;
  readonly engine: EngineName;
  readonly target: Target;
  readonly training: Training;
  /** Of the run's training data. */
  readonly baseline: Baseline;
  /** Training samples. */
  readonly count: number;
}

/** What a finished run came to. */
export const outcomeOf = (
  run: Run,
  { model, engine, target, training, baseline, count }: OutcomeFrame,
): Outcome => {
  const last = run.logged - 1;
  const accuracy = run.trainAccuracy[last] ?? Number.NaN;
  const ended = run.diverged === null;
  const heldAtEnd = ended && last >= 0 && meets(run, target, last);
  return {
    stepsToTarget: reachedAt(run, target, training) ?? Infinity,
    resolution: resolutionOf(training, { count }),
    heldAtEnd,
    stuck: ended && !(heldAtEnd && !isReachedByConstant(target, baseline)) && isStuck(accuracy, baseline),
    diverged: run.diverged,
    distinctUnits: unitLayers(model).map(
      (placed) => distinctUnitsOf(placed, (path) => run.parameters[path]!.data, SAME[engine])!,
    ),
    dead: { start: deadAt(run, model, 0), end: ended ? deadAt(run, model, last) : null },
    firstLoss: run.trainLoss[0] ?? Infinity,
    train: scoreAt(last, run.trainLoss, run.trainAccuracy, run.trainSequenceAccuracy),
    test:
      run.testLoss === null
        ? null
        : scoreAt(last, run.testLoss, run.testAccuracy!, run.testSequenceAccuracy ?? undefined),
  };
};

const scoreAt = (
  at: number,
  loss: Float64Array,
  accuracy: Float64Array,
  sequences: Float64Array | undefined,
): FinalScore => ({
  loss: loss[at] ?? Number.NaN,
  accuracy: accuracy[at] ?? Number.NaN,
  ...(sequences === undefined ? {} : { sequenceAccuracy: sequences[at] ?? Number.NaN }),
});

/** By the engine where it watched for the target, else at the log points. */
const reachedAt = (run: Run, target: Target, { target: watched, logSteps }: Training): number | null => {
  if (watched !== undefined) return run.reachedAt;
  for (let i = 0; i < run.logged; i++) if (meets(run, target, i)) return logSteps[i]!;
  return null;
};

/** Hardly better than the largest class alone, and not at the default target, which is nearer than 0.05 above 95 %. */
const isStuck = (accuracy: number, baseline: Baseline): boolean =>
  baseline.share !== null && accuracy <= baseline.share + 0.05 && accuracy < usualAccuracy(baseline.share);

const deadAt = (run: Run, model: Model, at: number): number[] | null =>
  at < 0 || at >= run.logged
    ? null
    : [...hiddenLayers(model), outputLayer(model)].map(({ path, output }) =>
        Math.round(run.layers[path]!.dead[at]! * output.features),
      );

/** The hidden layers whose units have weights of their own, by which they are told apart. */
export const unitLayers = (model: Model): PlacedLayer[] =>
  hiddenLayers(model).filter((placed) => unitWeights(placed) !== null);
