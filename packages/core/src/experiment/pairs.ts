import { key } from "../random/index.ts";
import {
  holm,
  type Interval,
  logSpread,
  mcnemar,
  seedsToDecide,
  stepsRatio,
  type Wins,
} from "./statistics/index.ts";

/** Two initializations, each at its own best rate, compared seed by seed. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly learningRate: readonly [a: number, b: number];
  /** Seeds in which one alone reached the target. */
  readonly onlyA: number;
  readonly onlyB: number;
  /** McNemar's exact p, by Holm over the pairs. */
  readonly mcnemarP: number;
  /** Steps of A ÷ steps of B over the seeds in which both reached; bootstrap interval, 95 %. */
  readonly stepsRatio: { readonly median: number | null; readonly interval: Interval | null };
  /** Standard deviation of log(steps of A ÷ steps of B) by seed, and what independent draws would have; `null` for fewer than two seeds. */
  readonly logSpread: {
    readonly both: number;
    readonly paired: number | null;
    readonly unpaired: number | null;
  };
  /** Seeds that are compared; 1 where neither's runs depend on the seed. */
  readonly seeds: number;
  /** Seeds in which A took fewer steps, never being more than any number; and B. */
  readonly fewerA: number;
  readonly fewerB: number;
  /** Seeds in which both reached the target at one tested step, but not every step was tested: no tie. */
  readonly unresolved: number;
  /** The sign test of those, by Holm over the pairs: what a pair is decided by. */
  readonly fewerP: number;
  /** More seeds that would decide if things went on so: 0 decided, `null` out of sight. */
  readonly seedsToDecide: number | null;
}

export interface PairInput {
  readonly id: string;
  readonly learningRate: number;
  /** Steps between two at which the target was tested. */
  readonly resolution: number;
  /** Whether one run stands for every seed. */
  readonly isOne: boolean;
  /** By seed; `Infinity` for never. */
  readonly steps: readonly number[];
}

/** Every two of the initializations, in order. The bootstrap is seeded, so the intervals are the same each time. */
export const pairsOf = (inputs: readonly PairInput[]): Pair[] => {
  const raw = inputs.flatMap((a, i) =>
    inputs.slice(i + 1).map((b) => {
      // What can only repeat itself is one observation.
      const seeds = a.isOne && b.isOne ? 1 : a.steps.length;
      const [stepsA, stepsB] = [a.steps.slice(0, seeds), b.steps.slice(0, seeds)];
      const resolution = Math.max(a.resolution, b.resolution);
      const reached = (steps: number): boolean => steps < Infinity;
      const onlyA = stepsA.filter((steps, k) => reached(steps) && !reached(stepsB[k]!)).length;
      const onlyB = stepsB.filter((steps, k) => reached(steps) && !reached(stepsA[k]!)).length;
      const ratio = stepsRatio(stepsA, stepsB, { uniform: uniforms(`${a.id}/${b.id}`) }, resolution);
      return { a, b, seeds, onlyA, onlyB, ratio, spread: logSpread(stepsA, stepsB) };
    }),
  );
  const mcnemarPs = holm(raw.map(({ onlyA, onlyB }) => mcnemar(onlyA, onlyB)));
  const wins = raw.map(({ seeds, ratio }): Wins => (seeds === 1 ? [0, 0] : [ratio.fewerA, ratio.fewerB]));
  const fewerPs = holm(wins.map(([a, b]) => mcnemar(a, b)));
  const more = seedsToDecide(wins, inputs[0]?.steps.length ?? 0);
  return raw.map(({ a, b, seeds, onlyA, onlyB, ratio, spread }, i) => ({
    a: a.id,
    b: b.id,
    learningRate: [a.learningRate, b.learningRate] as const,
    onlyA,
    onlyB,
    mcnemarP: mcnemarPs[i]!,
    stepsRatio: { median: ratio.median, interval: ratio.interval },
    logSpread: {
      both: spread.both,
      paired: finiteOrNull(spread.paired),
      unpaired: finiteOrNull(spread.unpaired),
    },
    seeds,
    fewerA: ratio.fewerA,
    fewerB: ratio.fewerB,
    unresolved: ratio.unresolved,
    fewerP: fewerPs[i]!,
    seedsToDecide: more[i]!,
  }));
};

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Uniform numbers of the keyed source, one at a call. */
const uniforms = (path: string): (() => number) => {
  const source = key(0, "bootstrap").at(path);
  const block = new Float64Array(4096);
  let drawn = 0;
  return () => {
    const at = drawn % block.length;
    if (at === 0) source.fill(block, { kind: "uniform", low: 0, high: 1 }, drawn);
    drawn++;
    return block[at]!;
  };
};
