import { mean, median } from "../base/index.ts";
import type { Target } from "../engine/index.ts";
import { hiddenLayers, type Model, outputsOf } from "../model/index.ts";
import type { Baseline } from "./baseline.ts";
import { type FinalScore, type Outcome, unitLayers } from "./outcome.ts";
import { type Interval, medianInterval, wilson } from "./statistics/index.ts";

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
  /** Of the hidden layers whose units have weights of their own. */
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
  /** The share of samples of which every position that counts is right; of data with positions alone. */
  readonly sequenceAccuracy?: Spread | null;
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
  const layers = unitLayers(model);
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
    distinctUnits: layers.map(({ path, output }, layer) => ({
      path,
      units: output.features,
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
  const hidden = total(hiddenLayers(model).map(({ output }) => output.features));
  return {
    units: total(known.map((dead) => total(dead.slice(0, -1)))) / Math.max(1, hidden * known.length),
    networks: known.filter((dead) => dead[dead.length - 1] === outputs).length / known.length,
  };
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const scoreSpread = (scores: readonly FinalScore[], classifies: boolean): ScoreSpread => {
  const sequences = scores.flatMap(({ sequenceAccuracy: one }) => (one === undefined ? [] : [one]));
  return {
    accuracy: classifies ? spread(scores.map(({ accuracy }) => accuracy)) : null,
    ...(sequences.length === 0 ? {} : { sequenceAccuracy: spread(sequences) }),
    loss: spread(scores.map(({ loss }) => loss)),
  };
};

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
