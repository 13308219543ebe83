import type { RunFigures, Samples, Target, Training } from "./trainer.ts";

/** The column of a run that a target is of. */
export const TARGET_COLUMNS = {
  accuracy: "trainAccuracy",
  balancedAccuracy: "trainBalancedAccuracy",
  loss: "trainLoss",
} as const satisfies Record<Target["metric"], keyof RunFigures>;

/** Whether a figure of the target's metric is good enough. */
export const isMet = (figure: number, { metric, value }: Target): boolean =>
  metric === "loss" ? figure <= value : figure >= value;

/** Whether the run met the target at log point `index`. */
export const meets = (figures: RunFigures, target: Target, index: number): boolean =>
  isMet(figures[TARGET_COLUMNS[target.metric]][index]!, target);

/** Whether every update is of all samples, so that each of them sees whether the target is met. */
export const seesAll = ({ batch }: Training, { count }: Pick<Samples, "count">): boolean =>
  batch === null || batch >= count;

/** Whether samples have several classes each, one at a position. */
export const hasSequences = ({ loss }: Pick<Training, "loss">, { y, count }: Pick<Samples, "y" | "count">) =>
  loss !== "mse" && y.length > count;

/**
 * Steps between two at which the target is tested: 1 where every update is of all samples and tests it on its way;
 * else the longest between two log points.
 *
 * ```ts
 * resolutionOf({ loss: "bce", optimizer: { name: "gradientDescent" }, steps: 9, batch: 4, logSteps: [0, 5, 9] }, { count: 8 }); // 5
 * ```
 */
export const resolutionOf = (training: Training, samples: Pick<Samples, "count">): number => {
  const { logSteps, target } = training;
  if (target !== undefined && seesAll(training, samples)) return 1;
  return logSteps.reduce((most, step, i) => Math.max(most, step - (logSteps[i - 1] ?? step)), 1);
};

/** Labels of each class that count; 0 is 1, for it divides. `outputs` 1 stands for two classes. */
export const classSizes = (y: ArrayLike<number>, outputs: number) => {
  const counts = new Float64Array(Math.max(2, outputs));
  for (let s = 0; s < y.length; s++) if (y[s] !== -1) counts[y[s]!]! += 1;
  const present = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return { sizes: counts.map((count) => Math.max(1, count)), present };
};

/** The mean over the classes that are there of the share that is classified right. */
export const balancedAccuracy = (
  correct: ArrayLike<number>,
  { sizes, present }: ReturnType<typeof classSizes>,
): number => {
  let sum = 0;
  for (let c = 0; c < sizes.length; c++) sum += correct[c]! / sizes[c]!;
  return sum / present;
};
