import { hasSequences, type Run, type Training, type TrainingData } from "../engine/index.ts";

/** Figures of a run at the study's log points, as far as it came in a finite state. */
export interface RunColumns {
  readonly trainLoss: Float32Array;
  /** Empty for regression. */
  readonly trainAccuracy: Float32Array;
  readonly testLoss: Float32Array | null;
  readonly testAccuracy: Float32Array | null;
  /** The share of samples of which every position that counts is right; of data with positions alone. */
  readonly trainSequenceAccuracy?: Float32Array;
  readonly testSequenceAccuracy?: Float32Array | null;
}

/** Log points a column keeps at most. */
const KEPT = 128;

/** Evenly spaced log points, the first and the last among them. */
export const thinned = (steps: readonly number[]): number[] =>
  steps.length <= KEPT
    ? [...steps]
    : Array.from({ length: KEPT }, (_, i) => steps[Math.round((i * (steps.length - 1)) / (KEPT - 1))]!);

export const columnsOf = (run: Run, logSteps: readonly number[], kept: readonly number[]): RunColumns => {
  const wanted = new Set(kept);
  const at = logSteps.flatMap((step, i) => (i < run.logged && wanted.has(step) ? [i] : []));
  const pick = (column: Float64Array): Float32Array =>
    column.length === 0 ? new Float32Array(0) : Float32Array.from(at, (i) => column[i]!);
  return {
    trainLoss: pick(run.trainLoss),
    trainAccuracy: pick(run.trainAccuracy),
    testLoss: run.testLoss && pick(run.testLoss),
    testAccuracy: run.testAccuracy && pick(run.testAccuracy),
    ...(run.trainSequenceAccuracy === undefined
      ? {}
      : {
          trainSequenceAccuracy: pick(run.trainSequenceAccuracy),
          testSequenceAccuracy: run.testSequenceAccuracy ? pick(run.testSequenceAccuracy) : null,
        }),
  };
};

/** Columns that a study keeps of each run. */
export const columnCount = (training: Pick<Training, "loss">, { train, test }: TrainingData): number =>
  (hasSequences(training, train) ? 3 : 2) * (test === null ? 1 : 2);
