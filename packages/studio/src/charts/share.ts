import { metricName } from "@stepzero/core";
import type { Figures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import type { Curve, LineChart } from "./chart.ts";
import { afterSteps, pointTold, stepsAxis } from "./over-steps.ts";
import { listed, named, percent, sentence } from "./words.ts";

/** Share of runs that have reached the target, over steps. */
export const shareChart = (figures: Figures, shown: Shown): LineChart => {
  const rates = ratesShown(figures, shown.rate);
  const curves = rates.map((rate, series): Curve => {
    const runs = figures.runs(series, rate);
    const logged = Math.max(0, ...runs.map((run) => run.logged));
    const y = Float64Array.from({ length: figures.steps.length }, (_, k) =>
      k < logged
        ? runs.filter(({ stepsToTarget }) => stepsToTarget <= figures.steps[k]!).length / runs.length
        : Number.NaN,
    );
    return { ...seriesOf(figures, series), label: labelAt(figures, series, rate), y, band: null, runs: [] };
  });
  return {
    kind: "lines",
    id: "share",
    title: `Share of seeds with ${targetText(figures)}`,
    summary: summaryOf(figures, rates),
    columns: ["step", ...curves.map(({ label }) => label)],
    x: stepsAxis(figures, shown),
    y: {
      label: "seeds",
      log: false,
      low: -0.02,
      high: 1.02,
      format: percent,
      ticks: [0, 0.25, 0.5, 0.75, 1],
    },
    xs: figures.steps,
    curves,
    marked: false,
    stepped: true,
    crosses: [],
    guide: null,
    overSteps: true,
    named: false,
    more: [],
  };
};

/** `training accuracy ≥ 95 %` */
export const targetText = ({ target: { metric, value } }: Pick<Figures, "target">): string =>
  `training ${metricName(metric)} ${metric === "loss" ? `≤ ${value}` : `≥ ${percent(value)}`}`;

const summaryOf = (figures: Figures, rates: readonly number[]): string => {
  const at = pointTold(figures, rates);
  if (at < 0) return "Nothing is trained yet.";
  const step = figures.steps[at]!;
  const counts = rates.map(
    (rate, i) => figures.runs(i, rate).filter(({ stepsToTarget }) => stepsToTarget <= step).length,
  );
  const able = rates.flatMap((rate, i) => {
    const of = figures.runs(i, rate).length;
    if (counts[i] === 0) return [];
    return [`${spokenAt(figures, i, rate)} in ${of === 1 ? "its one run" : `${counts[i]!} of ${of} seeds`}`];
  });
  const unable = figures.initializations.filter((_, i) => counts[i] === 0).map(named);
  if (able.length === 0)
    return sentence(`${afterSteps(step)} no seed of any initialization has reached the target`);
  const rest = unable.length === 0 ? "" : `; by ${listed(unable)} in no seed`;
  return sentence(`${afterSteps(step)} the target is reached by ${listed(able)}${rest}`);
};
