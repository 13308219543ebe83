import { columnCount, everyNth, type StudyPlan, type StudyRun } from "@stepzero/core";
import { encodeColumn } from "./columns.ts";

/** What of a study goes into a text. */
export interface Kept {
  readonly steps: readonly number[];
  column(values: Float32Array): string;
  /** Whether the parameters of the runs of that seed are kept. */
  parameters(seed: number): boolean;
  readonly thinned?: true;
}

/**
 * Numbers that the columns of all runs, and their parameters, may have in a report, each 5⅓ bytes of
 * base64: the default comparison (604 runs of 4 columns) keeps 61 of its 121 log points and all parameters,
 * and comes to about 1.4 MB.
 */
const COLUMN_VALUES = 150_000;
const PARAMETER_VALUES = 80_000;
/** Log points that are kept however many runs there are. */
const LEAST_POINTS = 16;

/** What a report keeps: every k-th log point, and the parameters of the first seeds. */
export const keptInReport = (plan: StudyPlan, runs: readonly StudyRun[]): Kept => {
  const columns = columnCount(plan.training, plan.data);
  const most = Math.floor(COLUMN_VALUES / Math.max(1, columns * runs.length));
  const steps = everyNth(plan.logSteps, Math.max(LEAST_POINTS, most));
  const wanted = new Set(steps);
  const at = plan.logSteps.flatMap((step, i) => (wanted.has(step) ? [i] : []));
  const values = runs.reduce((sum, { parameters }) => sum + (parameters?.length ?? 0), 0);
  const share = values === 0 ? 1 : PARAMETER_VALUES / values;
  const thinned = steps.length < plan.logSteps.length || share < 1;
  return {
    steps,
    column: (values) =>
      encodeColumn(
        Float32Array.from(
          at.filter((i) => i < values.length),
          (i) => values[i]!,
        ),
      ),
    parameters: (seed) => seed - plan.seed < Math.max(1, Math.floor(share * plan.seeds)),
    ...(thinned ? { thinned } : {}),
  };
};
