import { median, quantile } from "@stepzero/core";
import type { Figures } from "../figures/figures.ts";
import { bestRate, reachedOf, seriesOf } from "../figures/shown.ts";
import type { Axis, Curve, LineChart } from "./chart.ts";
import { ends, withZero } from "./scale.ts";
import { figure, listed, named, sentence, whole } from "./words.ts";

/** How far above the last step the row of "never" lies, and the break below it, as factors. */
const [NEVER, CUT] = [2, 1.4];

/** An initialization works at a rate where this share of its seeds reach the target. */
const WORKS = 0.9;

/**
 * Median steps to the target against the learning rate, one line per initialization; the band holds the
 * middle half of the seeds, the same seeds for every initialization. What is never reached lies in a row
 * of its own above the last step.
 */
export const ratesChart = (figures: Figures): LineChart => {
  const order = figures.learningRates
    .map((_, rate) => rate)
    .sort((a, b) => rateAt(figures, a) - rateAt(figures, b));
  const curves = figures.initializations.map((label, series): Curve => {
    const cells = order.map((rate) => figures.runs(series, rate).map(({ stepsToTarget }) => stepsToTarget));
    const at = (q: number) => Float64Array.from(cells, (steps) => quantile(steps, q));
    const several = cells.some((steps) => steps.length > 1);
    return {
      ...seriesOf(figures, series),
      label,
      y: Float64Array.from(cells, (steps) => median(steps)),
      band: several ? { low: at(0.25), high: at(0.75) } : null,
      runs: [],
    };
  });
  const counts = (of: (initialization: number, rate: number) => number, head: string) =>
    figures.initializations.map((label, i) => ({
      head: `${label} ${head}`,
      values: order.map((rate) => of(i, rate)),
    }));
  return {
    kind: "lines",
    id: "rates",
    title: "Steps to the target against the learning rate",
    summary: summaryOf(figures),
    columns: ["learning rate", ...curves.map(({ label }) => label)],
    x: ratesAxis(order.map((rate) => rateAt(figures, rate))),
    y: stepsToTargetAxis(figures, curves),
    xs: order.map((rate) => rateAt(figures, rate)),
    curves,
    marked: true,
    stepped: false,
    crosses: [],
    guide: { y: figures.lastStep, label: "last step" },
    overSteps: false,
    named: false,
    more: [
      ...counts((i, rate) => reachedOf(figures, i, rate), "reached"),
      ...counts((i, rate) => figures.runs(i, rate).length, "runs"),
    ],
  };
};

const rateAt = (figures: Figures, rate: number): number => figures.learningRates[rate]!;

const ratesAxis = (rates: readonly number[]): Axis => {
  const [low, high] = [rates[0]!, rates[rates.length - 1]!];
  const log = low > 0;
  const room = log ? 1.25 : 0.05 * Math.max(high - low, 1e-3);
  return {
    label: "learning rate",
    log,
    low: log ? low / room : low - room,
    high: log ? high * room : high + room,
    format: figure,
    ticks: rates,
  };
};

const stepsToTargetAxis = ({ lastStep }: Figures, curves: readonly Curve[]): Axis => {
  const last = Math.max(1, lastStep);
  const columns = curves.flatMap(({ y, band }) => (band === null ? [y] : [y, band.low, band.high]));
  const [least] = ends(columns, true);
  const lowest = Math.min(Math.max(1, last / 100), least);
  const never = { at: NEVER * last, cut: CUT * last };
  const [low, high] = [lowest / 1.3, never.at * 1.3];
  const zero = columns.some((column) => Array.prototype.includes.call(column, 0));
  const ticks = [1, 10, 100, 1000, 10_000, 100_000, 1e6, 1e7].filter((tick) => tick < 0.7 * last);
  return {
    label: "steps to the target",
    log: true,
    ...(zero ? withZero(low, high) : { low, high }),
    never,
    format: whole,
    ticks: [...ticks, last],
  };
};

const summaryOf = (figures: Figures): string => {
  const said = figures.initializations.map((name, i) => {
    const working = figures.learningRates
      .map((_, rate) => rate)
      .filter((rate) => {
        const { length } = figures.runs(i, rate);
        return length > 0 && reachedOf(figures, i, rate) >= WORKS * length;
      })
      .sort((a, b) => rateAt(figures, a) - rateAt(figures, b));
    return { name: named(name), i, working };
  });
  const able = said.filter(({ working }) => working.length > 0);
  const unable = said.filter(({ working }) => working.length === 0).map(({ name }) => name);
  if (able.length === 0) return "At none of these learning rates have nine in ten seeds reached the target.";
  const parts = able.map(({ name, i, working }) => {
    const best = bestRate(figures, i);
    const steps = median(figures.runs(i, best).map(({ stepsToTarget }) => stepsToTarget));
    const where = working.length === 1 ? "" : `fewest at ${rateAt(figures, best)}: `;
    return `${name} at ${rangeOf(figures, working)} (${where}median ${whole(steps)} steps)`;
  });
  const rest = unable.length === 0 ? "" : `; ${listed(unable)} at none of these rates`;
  return sentence(`nine in ten seeds reach the target with ${listed(parts)}${rest}`);
};

/** `0.01 to 0.3` where every rate between is among them too, else each. */
const rangeOf = ({ learningRates }: Figures, working: readonly number[]): string => {
  const rates = working.map((rate) => learningRates[rate]!);
  const [low, high] = [rates[0]!, rates[rates.length - 1]!];
  const between = learningRates.filter((rate) => rate >= low && rate <= high);
  return rates.length > 2 && between.length === rates.length
    ? `${low} to ${high}`
    : listed(rates.map(String));
};
