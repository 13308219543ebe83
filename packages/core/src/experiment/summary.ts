import { mean, median } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import { type Divergence, distinctUnits, type EngineName, type Run } from "../engine/index.ts";
import { type Model, placedLayers } from "../model/index.ts";
import { type Interval, wilson } from "./statistics/index.ts";
import { meets, type Target } from "./target.ts";

/** What is kept of a run for the comparison. */
export interface Outcome {
  /** Steps to the target, `Infinity` for never. */
  readonly stepsToTarget: number;
  readonly heldAtEnd: boolean;
  readonly stuck: boolean;
  readonly diverged: Divergence | null;
  /** A hidden layer each. */
  readonly distinctUnits: readonly number[];
  readonly train: { readonly loss: number; readonly accuracy: number };
  readonly test: { readonly loss: number; readonly accuracy: number } | null;
}

/** Two units that differ by rounding alone count as one; strict float32 keeps twins bit for bit. */
const SAME: Readonly<Record<EngineName, number>> = { reference: 1e-12, wasm: 0, fast: 1e-5 };

/** What a finished run came to. `largestShare` is the largest class's in the training data. */
export const outcomeOf = (
  run: Run,
  model: Model,
  engine: EngineName,
  target: Target,
  logSteps: readonly number[],
  largestShare: number | null,
): Outcome => {
  const last = run.logged - 1;
  let first = 0;
  while (first < run.logged && !meets(run, target, first)) first++;
  const accuracy = run.trainAccuracy[last] ?? Number.NaN;
  const ended = run.diverged === null;
  return {
    stepsToTarget: first < run.logged ? logSteps[first]! : Infinity,
    heldAtEnd: ended && last >= 0 && meets(run, target, last),
    stuck: ended && largestShare !== null && accuracy <= largestShare + 0.05,
    diverged: run.diverged,
    distinctUnits: placedLayers(model)
      .slice(0, -1)
      .map(({ path }) =>
        distinctUnits(
          run.parameters[`${path}/kernel`]!.data,
          run.parameters[`${path}/bias`]!.data,
          SAME[engine],
        ),
      ),
    train: { loss: run.trainLoss[last] ?? Number.NaN, accuracy },
    test:
      run.testLoss === null
        ? null
        : { loss: run.testLoss[last] ?? Number.NaN, accuracy: run.testAccuracy![last] ?? Number.NaN },
  };
};

/** The largest class's share of the training data; `null` for regression. */
export const largestShare = ({ task, classes, train }: Dataset): number | null => {
  if (task === "regression") return null;
  const counts = new Float64Array(classes);
  for (const label of train.y) counts[label] = counts[label]! + 1;
  return Math.max(...counts) / train.count;
};

export interface Spread {
  readonly median: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface Reached {
  readonly count: number;
  readonly of: number;
  /** Runs that could differ: 1 where no draw and no order of batches sets them apart. */
  readonly distinct: number;
  /** Wilson's, 95 %; `null` where all runs are one. */
  readonly interval: Interval | null;
  readonly target: Target;
}

/** One initialization at one learning rate. */
export interface Cell {
  readonly learningRate: number;
  readonly reached: Reached;
  /** Never counts as more than any number; `null` where the median is never. */
  readonly stepsToTarget: { readonly median: number | null };
  readonly heldAtEnd: number;
  /** `null` for regression. */
  readonly stuck: number | null;
  readonly diverged: number;
  readonly distinctUnits: readonly {
    readonly path: string;
    readonly units: number;
    readonly median: number;
  }[];
  /** Of the runs that did not diverge; accuracy is `null` for regression. */
  readonly train: ScoreSpread;
  readonly test: ScoreSpread | null;
}

export interface ScoreSpread {
  readonly accuracy: Spread | null;
  readonly loss: Spread | null;
}

export const cellOf = (
  learningRate: number,
  outcomes: readonly Outcome[],
  distinct: number,
  target: Target,
  model: Model,
  classifies: boolean,
): Cell => {
  const of = outcomes.length;
  const count = outcomes.filter(({ stepsToTarget }) => stepsToTarget < Infinity).length;
  const steps = median(outcomes.map(({ stepsToTarget }) => stepsToTarget));
  const finite = outcomes.filter(({ diverged }) => diverged === null);
  const tests = finite.flatMap(({ test }) => (test === null ? [] : [test]));
  return {
    learningRate,
    reached: { count, of, distinct, interval: distinct <= 1 ? null : wilson(count, of), target },
    stepsToTarget: { median: steps < Infinity ? steps : null },
    heldAtEnd: outcomes.filter(({ heldAtEnd }) => heldAtEnd).length,
    stuck: classifies ? outcomes.filter(({ stuck }) => stuck).length : null,
    diverged: of - finite.length,
    distinctUnits: placedLayers(model)
      .slice(0, -1)
      .map(({ path, outputs }, layer) => ({
        path,
        units: outputs,
        median: median(outcomes.map((outcome) => outcome.distinctUnits[layer]!)),
      })),
    train: scoreSpread(
      finite.map(({ train }) => train),
      classifies,
    ),
    test:
      tests.length === 0 && !outcomes.some(({ test }) => test !== null)
        ? null
        : scoreSpread(tests, classifies),
  };
};

const scoreSpread = (
  scores: readonly { readonly loss: number; readonly accuracy: number }[],
  classifies: boolean,
): ScoreSpread => ({
  accuracy: classifies ? spread(scores.map(({ accuracy }) => accuracy)) : null,
  loss: spread(scores.map(({ loss }) => loss)),
});

const spread = (values: readonly number[]): Spread | null =>
  values.length === 0
    ? null
    : { median: median(values), mean: mean(values), min: Math.min(...values), max: Math.max(...values) };

/** The cell with the most members reached, then the fewest median steps, then the lowest rate. */
export const bestCell = (cells: readonly Cell[]): Cell =>
  cells.reduce((best, cell) => {
    const more = cell.reached.count - best.reached.count;
    const fewer = (best.stepsToTarget.median ?? Infinity) - (cell.stepsToTarget.median ?? Infinity);
    return more > 0 || (more === 0 && fewer > 0) ? cell : best;
  });

/** Lowest and highest rate at which at least 90 % reached the target. */
export const workingRates = (cells: readonly Cell[]): Interval | null => {
  const rates = cells
    .filter(({ reached }) => reached.count >= 0.9 * reached.of)
    .map((cell) => cell.learningRate);
  return rates.length === 0 ? null : [Math.min(...rates), Math.max(...rates)];
};
