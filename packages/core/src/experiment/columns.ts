import type { Run } from "../engine/index.ts";

/** Figures of a run at the study's log points, as far as it came in a finite state. */
export interface RunColumns {
  readonly trainLoss: Float32Array;
  /** Empty for regression. */
  readonly trainAccuracy: Float32Array;
  readonly testLoss: Float32Array | null;
  readonly testAccuracy: Float32Array | null;
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
  };
};
