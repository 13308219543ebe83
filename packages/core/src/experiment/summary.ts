import { mean, median } from "../base/index.ts";
import {
  type Divergence,
  distinctUnits,
  type EngineName,
  meets,
  type Run,
  resolutionOf,
  type Target,
  type Training,
} from "../engine/index.ts";
import { type Model, outputsOf, placedLayers } from "../model/index.ts";
import type { Baseline } from "./baseline.ts";
import { type Interval, medianInterval, wilson } from "./statistics/index.ts";
import { isReachedByConstant, usualAccuracy } from "./target.ts";

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
  /** A hidden layer each. */
  readonly distinctUnits: readonly number[];
  /**
   * Units of each layer whose output is the same on every training sample, at step 0 and at the end; the network is dead
   * where all of the last layer's do. `null` where the figures were not finite, or not kept.
   */
  readonly dead: { readonly start: readonly number[] | null; readonly end: readonly number[] | null };
  /** Training loss at step 0. */
  readonly firstLoss: number;
  readonly train: { readonly loss: number; readonly accuracy: number };
  readonly test: { readonly loss: number; readonly accuracy: number } | null;
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
    distinctUnits: placedLayers(model)
      .slice(0, -1)
      .map(({ path }) =>
        distinctUnits(
          run.parameters[`${path}/kernel`]!.data,
          run.parameters[`${path}/bias`]!.data,
          SAME[engine],
        ),
      ),
    dead: { start: deadAt(run, model, 0), end: ended ? deadAt(run, model, last) : null },
    firstLoss: run.trainLoss[0] ?? Infinity,
    train: { loss: run.trainLoss[last] ?? Number.NaN, accuracy },
    test:
      run.testLoss === null
        ? null
        : { loss: run.testLoss[last] ?? Number.NaN, accuracy: run.testAccuracy![last] ?? Number.NaN },
  };
};

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
    : placedLayers(model).map(({ path, outputs }) => Math.round(run.layers[path]!.dead[at]! * outputs));

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
  /** Steps between two at which the target was tested: a step to the target is the first of them that met it. */
  readonly resolution: number;
  /** Never counts as more than any number; the median is `null` where it is never. The interval is exact, 95 %. */
  readonly stepsToTarget: { readonly median: number | null; readonly interval: Interval | null };
  readonly heldAtEnd: number;
  /** `null` for regression. */
  readonly stuck: number | null;
  readonly diverged: number;
  readonly distinctUnits: readonly {
    readonly path: string;
    readonly units: number;
    readonly median: number;
  }[];
  /** Shares of the hidden units and of the networks whose output does not depend on any training sample. */
  readonly dead: {
    /** At step 0; `null` where no run has it. */
    readonly start: DeadShares | null;
    /** After the last update, of the runs that did not diverge. */
    readonly end: DeadShares | null;
    /** Of networks at step 0 at one input; `null` where no law says it. */
    readonly expected: number | null;
  };
  /** Training loss at step 0, beside that of the best constant prediction. */
  readonly firstLoss: {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    readonly constant: number | null;
  };
  /** Of the runs that did not diverge; accuracy is `null` for regression. */
  readonly train: ScoreSpread;
  readonly test: ScoreSpread | null;
}

export interface DeadShares {
  readonly units: number;
  readonly networks: number;
}

export interface ScoreSpread {
  readonly accuracy: Spread | null;
  readonly loss: Spread | null;
}

export interface CellFrame {
  readonly distinct: number;
  readonly target: Target;
  readonly model: Model;
  readonly classifies: boolean;
  readonly baseline: Baseline | null;
  /** See `bornDead`. */
  readonly expectedDead: number | null;
}

export const cellOf = (
  learningRate: number,
  outcomes: readonly Outcome[],
  { distinct, target, model, classifies, baseline, expectedDead }: CellFrame,
): Cell => {
  const of = outcomes.length;
  const count = outcomes.filter(({ stepsToTarget }) => stepsToTarget < Infinity).length;
  const all = outcomes.map(({ stepsToTarget }) => stepsToTarget);
  const steps = median(all);
  const resolution = Math.max(...outcomes.map((outcome) => outcome.resolution));
  const first = outcomes.map(({ firstLoss }) => firstLoss);
  const layers = placedLayers(model).slice(0, -1);
  const finite = outcomes.filter(({ diverged }) => diverged === null);
  const tests = finite.flatMap(({ test }) => (test === null ? [] : [test]));
  return {
    learningRate,
    reached: { count, of, distinct, interval: distinct <= 1 ? null : wilson(count, of), target },
    resolution,
    stepsToTarget: {
      median: steps < Infinity ? steps : null,
      interval: distinct <= 1 ? null : opened(medianInterval(all), resolution),
    },
    heldAtEnd: outcomes.filter(({ heldAtEnd }) => heldAtEnd).length,
    stuck: classifies ? outcomes.filter(({ stuck }) => stuck).length : null,
    diverged: of - finite.length,
    distinctUnits: layers.map(({ path, outputs }, layer) => ({
      path,
      units: outputs,
      median: median(outcomes.map((outcome) => outcome.distinctUnits[layer]!)),
    })),
    dead: {
      start: deadShares(
        outcomes.map(({ dead }) => dead.start),
        model,
      ),
      end: deadShares(
        outcomes.map(({ dead }) => dead.end),
        model,
      ),
      expected: expectedDead,
    },
    firstLoss: {
      median: median(first),
      min: Math.min(...first),
      max: Math.max(...first),
      constant: baseline?.loss ?? null,
    },
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

/** An interval of steps that were tested, down to the earliest at which the target may have been met. */
const opened = (interval: Interval | null, resolution: number): Interval | null =>
  interval && [
    interval[0] === 0 || interval[0] === Infinity ? interval[0] : Math.max(1, interval[0] - resolution + 1),
    interval[1],
  ];

const deadShares = (runs: readonly (readonly number[] | null)[], model: Model): DeadShares | null => {
  const known = runs.filter((one) => one !== null);
  if (known.length === 0) return null;
  const outputs = outputsOf(model);
  const hidden = total(model.layers.slice(0, -1).map(({ units }) => units));
  return {
    units: total(known.map((dead) => total(dead.slice(0, -1)))) / Math.max(1, hidden * known.length),
    networks: known.filter((dead) => dead[dead.length - 1] === outputs).length / known.length,
  };
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

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

/**
 * The cell with the most members reached, then the fewest median steps, then the lowest rate. Where no run reached the
 * target, the one with the lowest median of the final losses, and of equal ones the one farthest inside.
 */
export const bestCell = (cells: readonly Cell[]): Cell =>
  cells.every(({ reached }) => reached.count === 0)
    ? lowestLoss([...cells].sort((a, b) => a.learningRate - b.learningRate))
    : cells.reduce((best, cell) => {
        const more = cell.reached.count - best.reached.count;
        const fewer = (best.stepsToTarget.median ?? Infinity) - (cell.stepsToTarget.median ?? Infinity);
        return more > 0 || (more === 0 && fewer > 0) ? cell : best;
      });

const lowestLoss = (cells: readonly Cell[]): Cell => {
  const losses = cells.map(({ train, diverged }) =>
    diverged > 0 ? Infinity : (train.loss?.median ?? Infinity),
  );
  const least = Math.min(...losses);
  const best = cells.filter((_, i) => losses[i] === least);
  return best[Math.floor((best.length - 1) / 2)]!;
};

/** Lowest and highest rate at which at least 90 % reached the target. */
export const workingRates = (cells: readonly Cell[]): Interval | null => {
  const rates = cells
    .filter(({ reached }) => reached.count >= 0.9 * reached.of)
    .map((cell) => cell.learningRate);
  return rates.length === 0 ? null : [Math.min(...rates), Math.max(...rates)];
};
