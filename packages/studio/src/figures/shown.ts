import { median } from "@stepzero/core";
import type { Series } from "../charts/chart.ts";
import { named } from "../charts/words.ts";
import type { Figures } from "./figures.ts";

/** Which learning rate the charts over steps show: one for all, or each initialization's best. */
export type RateChoice = number | "best";

/** What a reader has asked to see. */
export interface Shown {
  readonly rate: RateChoice;
  readonly split: "train" | "test";
  /** The initialization that alone is not faded. */
  readonly isolated: number | null;
  /** The seed whose runs stand out. */
  readonly seed: number | null;
  readonly logSteps: boolean;
  readonly logLoss: boolean;
  /** The step under the cursor; `null` for the last. */
  readonly at: number | null;
}

/** What is shown before anything is asked for. */
export const USUAL_VIEW: Shown = {
  rate: "best",
  split: "train",
  isolated: null,
  seed: null,
  logSteps: false,
  logLoss: true,
  at: null,
};

/** The index of the learning rate that is shown of each initialization. */
export const ratesShown = (figures: Figures, rate: RateChoice): number[] => {
  const fixed = rate === "best" ? -1 : figures.learningRates.indexOf(rate);
  return figures.initializations.map((_, i) => (fixed >= 0 ? fixed : bestRate(figures, i)));
};

/**
 * What the study says, else the rate at which most runs have reached the target, then in the fewest median steps, then
 * the first. Where no run reached it and all are done, as in a study: the lowest median of the last losses, and of
 * equal ones the one farthest inside.
 */
export const bestRate = (figures: Figures, initialization: number): number => {
  const said = figures.learningRates.indexOf(figures.best?.[initialization] ?? Number.NaN);
  if (said >= 0) return said;
  const scores = figures.learningRates.map((_, rate) => ({
    reached: reachedOf(figures, initialization, rate),
    steps: median(figures.runs(initialization, rate).map(({ stepsToTarget }) => stepsToTarget)),
  }));
  const runs = figures.learningRates.map((_, rate) => figures.runs(initialization, rate));
  if (scores.every(({ reached }) => reached === 0) && runs.flat().every(({ done }) => done)) {
    const losses = runs.map((own) =>
      own.length === 0 || own.some(({ diverged }) => diverged !== null)
        ? Infinity
        : median(own.map(({ trainLoss, logged }) => trainLoss[logged - 1] ?? Infinity)),
    );
    const least = Math.min(...losses);
    const equal = losses.flatMap((loss, rate) => (loss === least ? [rate] : []));
    return equal[Math.floor((equal.length - 1) / 2)]!;
  }
  let best = 0;
  scores.forEach(({ reached, steps }, rate) => {
    const top = scores[best]!;
    if (reached > top.reached || (reached === top.reached && steps < top.steps)) best = rate;
  });
  return best;
};

export const reachedOf = (figures: Figures, initialization: number, rate: number): number =>
  figures.runs(initialization, rate).filter(({ stepsToTarget }) => stepsToTarget < Infinity).length;

/** An initialization as charts know it. */
export const seriesOf = ({ looks }: Figures, initialization: number): Series => ({
  series: initialization,
  look: looks[initialization]!,
});

/** How an initialization is named where its learning rate matters. */
export const labelAt = (figures: Figures, initialization: number, rate: number): string =>
  figures.initializations[initialization]! + atRate(figures, rate);

/** How a sentence names it. */
export const spokenAt = (figures: Figures, initialization: number, rate: number): string =>
  named(figures.initializations[initialization]!) + atRate(figures, rate);

const atRate = ({ learningRates }: Figures, rate: number): string =>
  learningRates.length === 1 ? "" : ` at ${learningRates[rate]!}`;
