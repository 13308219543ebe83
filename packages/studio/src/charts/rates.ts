import { median, quantile } from "@stepzero/core";
import type { Figures } from "../figures/figures.ts";
import { bestRate, reachedOf } from "../figures/shown.ts";
import type { Axis, Curve, LineChart } from "./chart.ts";
import { figure, listed, sentence, whole } from "./words.ts";

/** How far above the last step the row of "never" lies, as a factor. */
const NEVER = 2;

/**
 * Median steps to the target against the learning rate, a line an initialization; the band holds the
 * middle half of the seeds, the same seeds for every initialization. What is never reached lies in a row
 * of its own above the last step.
 */
export const ratesChart = (figures: Figures): LineChart => {
  const order = figures.learningRates
    .map((_, rate) => rate)
    .sort((a, b) => rateAt(figures, a) - rateAt(figures, b));
  const never = NEVER * Math.max(1, figures.lastStep);
  const placed = (steps: number): number => (steps < Infinity ? Math.max(1, steps) : never);
  const curves = figures.initializations.map((label, series): Curve => {
    const cells = order.map((rate) => figures.runs(series, rate).map(({ stepsToTarget }) => stepsToTarget));
    const at = (q: number) => Float64Array.from(cells, (steps) => placed(quantile(steps, q)));
    const several = cells.some((steps) => steps.length > 1);
    return {
      series,
      label,
      y: Float64Array.from(cells, (steps) => placed(median(steps))),
      band: several ? { low: at(0.25), high: at(0.75) } : null,
      runs: [],
    };
  });
  return {
    kind: "lines",
    id: "rates",
    title: "Steps to the target against the learning rate",
    summary: summaryOf(figures),
    columns: ["learning rate", ...curves.map(({ label }) => label)],
    x: ratesAxis(order.map((rate) => rateAt(figures, rate))),
    y: stepsToTargetAxis(figures, curves, never),
    xs: order.map((rate) => rateAt(figures, rate)),
    curves,
    marked: true,
    stepped: false,
    crosses: [],
    guide: { y: figures.lastStep, label: "last step" },
    overSteps: false,
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

const stepsToTargetAxis = (figures: Figures, curves: readonly Curve[], never: number): Axis => {
  let low = Math.max(1, figures.lastStep / 100);
  for (const { y, band } of curves) {
    for (let k = 0; k < y.length; k++) low = Math.min(low, y[k]!, band?.low[k] ?? low);
  }
  const ticks = [1, 10, 100, 1000, 10_000, 100_000, 1e6, 1e7].filter((tick) => tick < 0.7 * figures.lastStep);
  return {
    label: "steps to the target",
    log: true,
    low: low / 1.3,
    high: never * 1.3,
    format: (value) => (value >= never * 0.999 ? "never" : whole(value)),
    ticks: [...ticks, figures.lastStep, never].filter((tick) => tick >= 1),
  };
};

const summaryOf = (figures: Figures): string => {
  const said = figures.initializations.map((label, i) => {
    const working = figures.learningRates.filter((_, rate) => {
      const runs = figures.runs(i, rate);
      return runs.length > 0 && reachedOf(figures, i, rate) >= 0.9 * runs.length;
    });
    const rate = bestRate(figures, i);
    const steps = median(figures.runs(i, rate).map(({ stepsToTarget }) => stepsToTarget));
    return { label, working, rate: rateAt(figures, rate), steps };
  });
  const able = said.filter(({ working }) => working.length > 0);
  if (able.length === 0)
    return "At none of these learning rates have nine in ten seeds reached the target yet.";
  const parts = able.map(({ label, working, rate, steps }) => {
    const range =
      working.length === 1
        ? `only at ${working[0]!}`
        : `from ${Math.min(...working)} to ${Math.max(...working)}`;
    return `${label} works ${range} (at ${rate} in ${whole(steps)} steps)`;
  });
  const unable = said.filter(({ working }) => working.length === 0).map(({ label }) => label);
  return sentence(listed(parts) + (unable.length === 0 ? "" : `; ${listed(unable)} at none of these rates`));
};
